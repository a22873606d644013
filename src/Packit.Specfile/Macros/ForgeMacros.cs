using System.Globalization;

namespace Packit.Specfile;

/// <summary>
/// What <c>%forgemeta</c> and <c>%gometa</c> define of a project's archive: <c>%{forgesource}</c>, <c>%{gosource}</c> and the parts
/// of them (Fedora: forge-srpm-macros, go-rpm-macros; packaging guidelines, source URLs). Macros that the spec has set are kept.
/// </summary>
internal static class ForgeMacros
{
    /// <summary>What may name the packaged state; the first one that the spec sets counts.</summary>
    private static readonly string[] References = ["tag", "commit", "branch", "version"];

    /// <summary>How the tag of a release may be named, with the version in the place of the sign.</summary>
    private const string VersionTag = "@ v@ v.@ version@ version.@ tags.v@ tags.v.@";

    /// <summary>Whether a macro is one of these.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) => name is "forgemeta" or "gometa";

    /// <summary>Carries the macro out.</summary>
    public static void Define(MacroExpander expander, ReadOnlySpan<char> name, string arguments)
    {
        var words = arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (name is "gometa")
        {
            Go(expander);
            return;
        }

        var numbers = words.Select(static word => word.StartsWith("-z", StringComparison.Ordinal) ? word[2..] : "").FirstOrDefault(static n => n.Length > 0);
        if (words is [.., "-z", var apart])
        {
            numbers = apart;
        }

        Forge(expander, numbers is null or "0" ? "" : numbers);
        for (var i = 1; words.Contains("-a") && i < 100; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            if (expander.Table.Find("forgeurl" + number) is not null)
            {
                Forge(expander, number);
            }
        }
    }

    private static void Go(MacroExpander expander)
    {
        var path = expander.ExpandTerm("%{?goipath}").Trim('/');
        var segments = path.Split('/');
        if (segments.Length < 2 || UnknownText.IsIn(path))
        {
            return;
        }

        Set(expander, "forgeurl", "https://" + string.Join('/', segments.Take(3)));
        Forge(expander, "");
        Set(expander, "goname", GoName.Of(path));
        Set(expander, "gourl", "%{forgeurl}");
        Set(expander, "gosource", "%{forgesource}");
    }

    private static void Forge(MacroExpander expander, string number)
    {
        // The first source may be written with a zero or without a number.
        string Given(string name) => number.Length == 0
            ? $"%{{?{name}}}%{{!?{name}:%{{?{name}0}}}}"
            : $"%{{?{name}{number}}}";
        void Make(string name, string body)
        {
            Set(expander, name + number, body);
            if (number.Length == 0)
            {
                Set(expander, name + "0", body);
            }
        }

        var url = expander.ExpandTerm(Given("forgeurl")).TrimEnd('/');
        if (UnknownText.IsIn(url) || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        var segments = address.AbsolutePath.Trim('/').Split('/');
        var kind = Array.Find(References, kind => expander.ExpandTerm(Given(kind)).Length > 0);
        if (kind is null || Archive(address.Host, segments, kind == "version") is not { } archive)
        {
            return;
        }

        var given = Given(kind);
        var reference = expander.ExpandTerm(given);
        var written = kind == "version" && archive.PrefixesVersions ? "v" + given : given;
        var inFile = given;
        if (archive.ShortensTags && kind != "commit" && reference is ['v', >= '0' and <= '9', ..])
        {
            inFile = reference[1..];
        }
        else if (archive.ShortensTags && reference.Contains('/', StringComparison.Ordinal))
        {
            inFile = reference.Replace('/', '-');
        }

        if (archive.ShortCommit && kind == "commit")
        {
            inFile = reference[..Math.Min(12, reference.Length)];
        }

        expander.Table.Define("forgeurl" + number, null, url.Replace("%", "%%", StringComparison.Ordinal));
        Make("ref", written);
        Make("fileref", inFile);
        Make("repo", segments[^1]);
        Make("archiveext", archive.Extension);
        Make("archivename", $"{archive.NamePrefix}%{{fileref{number}}}");
        Make("archiveurl", string.Format(CultureInfo.InvariantCulture, archive.Path, $"%{{forgeurl{number}}}", $"%{{ref{number}}}", $"%{{archivename{number}}}", $"%{{archiveext{number}}}"));
        Make("forgesource", archive.Path.EndsWith("{2}.{3}", StringComparison.Ordinal) || archive.NamePrefix.Length == 0
            ? $"%{{archiveurl{number}}}"
            : $"%{{archiveurl{number}}}#/%{{archivename{number}}}.%{{archiveext{number}}}");
        Make("scm", "git");
        if (kind != "version")
        {
            Distinguish(expander, number, kind, reference);
        }
    }

    /// <summary>
    /// A build of anything but a release says so in its release: the dist tag begins with <c>%{distprefix}</c>, which has the date and the commit.
    /// Without a date of the spec it is that of the archive's file, which nobody can know here.
    /// </summary>
    private static void Distinguish(MacroExpander expander, string number, string kind, string reference)
    {
        var version = Dotted(expander.ExpandTerm("%{?version}"));
        var text = kind switch
        {
            "commit" => reference[..Math.Min(7, reference.Length)],
            "tag" => VersionTag.Replace("@", version, StringComparison.Ordinal) is var known && known.Split(' ').Contains(Dotted(reference)) ? "" : null,
            _ => reference,
        };
        if (text is "" || expander.Table.Find("distprefix" + number) is not null)
        {
            return;
        }

        var date = expander.ExpandTerm($"%{{?date{number}}}");
        var prefix = text is null || date.Length == 0
            ? expander.Unknown.Add("needs the date of the archive, or the name of its tag, for %{distprefix}", "%{distprefix}", expander.Line).ToString()
            : $".{(number.Length > 0 ? "s" : "")}{date}git{text}".ToLowerInvariant();
        expander.Table.Define("distprefix" + number, null, prefix);
        if (expander.Table.Find("dist") is { Body: { Length: > 0 } dist })
        {
            expander.Table.Define("dist", null, $"%{{distprefix{number}}}{dist}");
        }
    }

    private static string Dotted(string text) => string.Join('.', text.ToLowerInvariant().Split(['.', '-', '_', '/', '~', '^', '+', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where a forge keeps archives. In the path stand the project, the reference, the file's name and its extension.</summary>
    private static ForgeArchive? Archive(string host, string[] segments, bool isVersion)
    {
        var repository = segments[^1] + "-";
        if (host == "github.com" || host.StartsWith("github.", StringComparison.Ordinal) || host.StartsWith("github-", StringComparison.Ordinal))
        {
            return new ForgeArchive("tar.gz", repository, "{0}/archive/{1}/{2}.{3}") { PrefixesVersions = isVersion, ShortensTags = true };
        }

        if (host.StartsWith("gitlab.", StringComparison.Ordinal) || host.StartsWith("gitlab-", StringComparison.Ordinal) || host.Contains(".gitlab.", StringComparison.Ordinal))
        {
            return new ForgeArchive("tar.bz2", repository, "{0}/-/archive/{1}/{2}.{3}");
        }

        return host switch
        {
            "pagure.io" => new ForgeArchive("tar.gz", string.Join('-', segments[0] == "fork" ? segments[1..] : segments) + "-", "{0}/archive/{1}/{2}.{3}"),
            "codeberg.org" or "gitea.com" => new ForgeArchive("tar.gz", "", "{0}/archive/{1}.{3}"),
            "git.sr.ht" => new ForgeArchive("tar.gz", repository, "{0}/archive/{1}.{3}") { ShortensTags = true },
            "code.googlesource.com" => new ForgeArchive("tar.gz", repository, "{0}/+archive/{1}.{3}") { PrefixesVersions = isVersion },
            "bitbucket.org" => new ForgeArchive("tar.bz2", segments[0] + "-" + repository, "{0}/get/{1}.{3}") { ShortCommit = true },
            _ => null,
        };
    }

    private static void Set(MacroExpander expander, string name, string body)
    {
        if (expander.Table.Find(name) is null)
        {
            expander.Table.Define(name, null, body);
        }
    }

    private sealed record ForgeArchive(string Extension, string NamePrefix, string Path)
    {
        /// <summary>A release is tagged with a v before its version.</summary>
        public bool PrefixesVersions { get; init; }

        /// <summary>The forge leaves that v out of the archive's name, and writes dashes for slashes.</summary>
        public bool ShortensTags { get; init; }

        /// <summary>The archive's name has twelve characters of the commit.</summary>
        public bool ShortCommit { get; init; }
    }
}
