namespace Packit.Sandbox.Pagure;

/// <summary>The pre-receive hook of dist-git: who may push, and which refs of a package nobody may make, move back or delete by a push.</summary>
internal sealed class PushRules
{
    private const string Script = """
        #!/bin/sh
        zero=0000000000000000000000000000000000000000
        echo "Has commit access: $SANDBOX_MAY_COMMIT"
        denied=no
        while read -r old new ref; do
            verdict=denied
            if [ "$SANDBOX_MAY_COMMIT" = True ]; then
                verdict=allowed
                if [ "$SANDBOX_FORK" = no ]; then
                    case "$ref" in
                    refs/heads/*|refs/tags/*) ;;
                    *) verdict=denied ;;
                    esac
                    if [ "$new" = $zero ]; then
                        verdict=denied
                    elif [ "$old" = $zero ]; then
                        case "$ref" in
                        refs/heads/f[0-9]*|refs/heads/epel*|refs/heads/rawhide|refs/heads/main) verdict=denied ;;
                        esac
                    elif ! git merge-base --is-ancestor "$old" "$new"; then
                        verdict=denied
                    fi
                fi
            fi
            if [ $verdict = denied ]; then
                echo "Denied push for ref '$ref' for user '$SANDBOX_USER'"
                denied=yes
            fi
        done
        if [ $denied = yes ]; then
            echo "All changes have been rejected"
            exit 1
        fi
        """;

    /// <summary>Keeps what git says it has moved: after this, and only then, a push is done.</summary>
    private const string Report = """
        #!/bin/sh
        cat > "$SANDBOX_RECEIVED"
        """;

    private readonly string _hooks;
    private readonly string _reports;

    public PushRules(string folder)
    {
        _hooks = Path.Combine(folder, "hooks");
        _reports = Path.Combine(folder, "received");
        Directory.CreateDirectory(_hooks);
        Directory.CreateDirectory(_reports);
        Install("pre-receive", Script);
        Install("post-receive", Report);
    }

    /// <summary>git's settings for one request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Configuration =>
    [
        new("core.hooksPath", _hooks),
        new("http.receivepack", "true"),
        new("receive.autogc", "false"),
    ];

    /// <summary>What the hook is told.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Environment(Project project, string user, bool mayCommit, string received) =>
    [
        new("SANDBOX_USER", user),
        new("SANDBOX_MAY_COMMIT", mayCommit ? "True" : "False"),
        new("SANDBOX_FORK", project.IsFork ? "yes" : "no"),
        new("SANDBOX_RECEIVED", received),
    ];

    /// <summary>What a push has moved; nothing when it was refused or did not come to its end.</summary>
    public static IReadOnlyList<RefUpdate> TakeReport(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        var updates = RefUpdate.Parse(File.ReadAllLines(file));
        File.Delete(file);
        return updates;
    }

    /// <summary>A file for the report of one push.</summary>
    public string NewReport() => Path.Combine(_reports, Guid.NewGuid().ToString("N"));

    private void Install(string name, string script)
    {
        string hook = Path.Combine(_hooks, name);
        if (!File.Exists(hook))
        {
            File.WriteAllText(hook, script.ReplaceLineEndings("\n") + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }
}
