using System.Globalization;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to commands in comments.</summary>
public static class CommentTexts
{
    public static string SyntaxError(string prefix) =>
        "There appears to be a syntax error in the command provided. "
        + $"Please refer to the [Packit documentation](https://packit.dev/docs/retriggering) or use the `{prefix} help` command.";

    public static string Help(string prefix) =>
        $"""
        ```
        usage: {prefix} COMMAND

        propose-downstream   in an issue of the upstream project: propose the latest release
                             to all dist-git branches that do not have it yet
        help                 show this text
        ```
        *Documentation*: https://packit.dev/docs

        *Email*: hello@packit.dev, *Matrix*: #packit:fedora.im, *Mastodon*: \@packit\@fosstodon.org
        """.ReplaceLineEndings("\n");

    public static string NoRelease => "This project has no release yet, so there is nothing to propose. Publish a release first.";

    public static string NoConfig(string project, string reference) =>
        $"No config file for packit (e.g. `.packit.yaml`) found in {project} on commit {reference}";

    public static string NoJob(string tag) =>
        $"The package config of release {MarkdownText.Inline(tag)} has no `propose_downstream` job with the trigger `release` that this deployment runs.";

    public static string AllDone(string tag, IEnumerable<string> pullRequests)
    {
        var links = string.Concat(pullRequests.Select(url => string.Create(CultureInfo.InvariantCulture, $"\n- {url}")));
        return $"Release {MarkdownText.Inline(tag)} is proposed to all configured branches already; nothing was started." + links;
    }

    public static string InProgress(string tag) =>
        $"Release {MarkdownText.Inline(tag)} is being worked on already; its checks show how far it is.";
}
