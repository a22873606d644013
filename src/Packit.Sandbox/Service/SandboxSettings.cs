using System.Globalization;

namespace Packit.Sandbox.Service;

/// <summary>The configuration that points the service at a world: nothing but what an operator could write.</summary>
internal static class SandboxSettings
{
    public static Dictionary<string, string?> Of(World world, SandboxServiceOptions options, Uri address)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Service:DashboardUrl"] = address.AbsoluteUri.TrimEnd('/'),
            ["Service:WorkFolder"] = Path.Combine(options.Folder, "work"),
            ["GitHub:ApiUrl"] = world.GitHubApi.AbsoluteUri,
            ["GitHub:WebUrl"] = world.GitHubWeb.AbsoluteUri,
            ["GitHub:AppId"] = world.AppId.ToString(CultureInfo.InvariantCulture),
            ["GitHub:AppSlug"] = world.AppSlug,
            ["GitHub:PrivateKeyFile"] = Secret(options, "github-app.pem", world.AppPrivateKeyPem),
            ["GitHub:WebhookSecretFiles:0"] = Secret(options, "webhook-secret", world.WebhookSecret),
            ["DistGit:Url"] = world.DistGit.AbsoluteUri,
            ["DistGit:PushUrl"] = world.DistGit.AbsoluteUri,
            ["DistGit:User"] = world.ServiceUser,
            ["DistGit:TokenFile"] = Secret(options, "dist-git-token", world.PagureToken),
            ["Lookaside:UploadUrl"] = world.LookasideUpload.AbsoluteUri,
            ["Lookaside:DownloadUrl"] = world.LookasideDownload.AbsoluteUri,
            ["Lookaside:Login"] = "None",
            ["Bodhi:Url"] = world.BodhiApi.AbsoluteUri,
            ["Bugzilla:Url"] = world.BugzillaApi.AbsoluteUri,
            ["Archives:AllowLoopback"] = "true",
            ["Database:Provider"] = options.Provider,
            ["Database:ConnectionString"] = options.ConnectionString ?? $"Data Source={Path.Combine(options.Folder, "packit.db")}",
        };
        foreach (var (key, value) in options.Settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static string Secret(SandboxServiceOptions options, string name, string value)
    {
        var folder = Path.Combine(options.Folder, "secrets");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, value);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
