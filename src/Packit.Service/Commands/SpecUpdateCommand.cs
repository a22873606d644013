using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Packit.Specfile;

namespace Packit.Service.Commands;

/// <summary><c>spec update</c>: the edit that a release makes to a spec, on a file.</summary>
internal static class SpecUpdateCommand
{
    // Who the service is, unless the command says otherwise.
    private const string DefaultAuthor = "Packit <hello@packit.dev>";

    public static Command Make(CommandOutput output)
    {
        var file = new Argument<string>("FILE") { Description = "The spec file. '-' is standard input." };
        var version = new Option<string>("--version")
        {
            Description = "The released version. A pre-release such as 1.0rc1 becomes 1.0~rc1.", HelpName = "V", Required = true,
        };
        var changelog = new Option<string?>("--changelog") { Description = "Text of the changelog entry. Default: '- Update to version V'.", HelpName = "TEXT" };
        var author = new Option<string>("--author") { Description = "Who the changelog entry is from.", HelpName = "NAME <MAIL>", DefaultValueFactory = _ => DefaultAuthor };
        var date = new Option<string?>("--date") { Description = "Date of the changelog entry, such as 2026-01-15. Default: today, UTC.", HelpName = "DATE" };
        var define = CommandWords.Define();
        var target = new Option<string?>("--output")
        {
            Description = "Where the edited spec goes; it may be FILE itself. Default: standard output (with --json: the field 'content').", HelpName = "FILE",
        };
        var json = CommandWords.Json();
        var command = new Command("update", "Edits a spec file as a release does: version, release, changelog entry; everything else stays byte for byte. "
            + "Exit code 1: the edit is refused because its result would not be certain.")
        {
            file, version, changelog, author, date, define, target, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (SpecCommands.Macros(output, parsed.GetValue(define)) is not { } macros)
            {
                return ExitCodes.BadInput;
            }

            if (!TryDate(parsed.GetValue(date), out var day))
            {
                output.Say($"--date '{parsed.GetValue(date)}' is no date such as 2026-01-15.");
                return ExitCodes.BadInput;
            }

            var path = parsed.GetRequiredValue(file);
            var (bytes, problem) = await InputFile.ReadAsync(path, cancellationToken);
            if (bytes is null)
            {
                return output.Unreadable(path, problem, parsed.GetValue(json));
            }

            var included = await ChangelogAsync(path, bytes, macros, cancellationToken);
            var update = new SpecUpdate
            {
                ChangelogFile = name => included is { } found && found.Name == name ? (ReadOnlyMemory<byte>?)found.Content : null,
                UpstreamSpec = bytes,
                Version = parsed.GetRequiredValue(version),
                Macros = macros,
                ChangelogText = parsed.GetValue(changelog),
                Author = parsed.GetRequiredValue(author),
                Date = day,
            };
            return await WriteAsync(output, path, update.Apply(), parsed.GetValue(target), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>The file that the changelog includes, when it is a plain file beside the spec.</summary>
    private static async Task<(string Name, byte[] Content)?> ChangelogAsync(string path, byte[] spec, MacroContext macros, CancellationToken cancellationToken)
    {
        if (path == InputFile.StandardInput || SpecFile.Parse(spec).IncludedChangelog(macros)?.FileName is not { } name)
        {
            return null;
        }

        var file = new FileInfo(Beside(path, name));
        return file is { Exists: true, LinkTarget: null } && (await InputFile.ReadAsync(file.FullName, cancellationToken)).Bytes is { } content
            ? (name, content)
            : null;
    }

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);

    private static bool TryDate(string? text, out DateOnly date)
    {
        date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    private static async Task<int> WriteAsync(
        CommandOutput output, string file, SpecUpdateResult result, string? target, bool json, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case SpecUpdateResult.Refused refused:
                Refuse(output, file, refused, json);
                return ExitCodes.No;

            case SpecUpdateResult.Edited edited:
                if (target is not null
                    && !(await TryStoreAsync(output, target, edited.Bytes, cancellationToken)
                        && (edited.Changelog is not { } changelog || await TryStoreAsync(output, Beside(target, changelog.Path), changelog.Bytes, cancellationToken))))
                {
                    return ExitCodes.BadInput;
                }

                if (target is null && !json && edited.Changelog is { } apart)
                {
                    output.Say($"The changelog entry belongs into the file '{apart.Path}' beside the spec; --output writes both, --json shows both.");
                }

                if (json)
                {
                    WriteJson(output, file, edited, target);
                }
                else if (target is null)
                {
                    await output.WriteBytesAsync(edited.Bytes, cancellationToken);
                }
                else
                {
                    output.Say($"{target}: {edited.After.Name} {edited.After.Version}-{edited.After.Release}");
                }

                return ExitCodes.Done;

            default:
                throw new UnreachableException();
        }
    }

    private static async Task<bool> TryStoreAsync(CommandOutput output, string target, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(target, bytes, cancellationToken);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            output.Say($"{target}: The file cannot be written: {failed.Message}");
            return false;
        }
    }

    private static void Refuse(CommandOutput output, string file, SpecUpdateResult.Refused refused, bool json)
    {
        if (json)
        {
            output.WriteJson(writer =>
            {
                writer.WriteString("file", file);
                writer.WriteBoolean("ok", false);
                writer.WriteString("code", refused.Code);
                writer.WriteString("error", refused.Message);
                writer.WriteNumber("line", refused.Line);
                writer.WriteString("line_text", refused.LineText);
                writer.WriteStartArray("diff");
                foreach (var changed in refused.Diff)
                {
                    writer.WriteStringValue(changed);
                }

                writer.WriteEndArray();
            });
        }

        output.Say($"{file}: {refused.Message} [{refused.Code}]");
        if (refused.Line > 0)
        {
            output.Say($"  line {refused.Line}: {refused.LineText.Trim()}");
        }

        foreach (var changed in refused.Diff)
        {
            output.Say($"  {changed}");
        }
    }

    private static void WriteJson(CommandOutput output, string file, SpecUpdateResult.Edited edited, string? target) => output.WriteJson(writer =>
    {
        writer.WriteString("file", file);
        writer.WriteBoolean("ok", true);
        writer.WriteString("version_after", edited.After.Version.TextOrNull);
        writer.WriteString("raw_version_after", edited.After.RawVersion);
        writer.WriteString("raw_release_after", edited.After.RawRelease);
        writer.WriteString("release_after", edited.After.Release.TextOrNull);
        writer.WriteNumber("bytes", edited.Bytes.Length);
        writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(edited.Bytes)));
        writer.WriteString("output", target);
        writer.WriteString("changelog_file", edited.Changelog?.Path);
        if (target is null && edited.Changelog is { } changelog)
        {
            writer.WriteString("changelog_content", Encoding.UTF8.GetString(changelog.Bytes));
        }

        if (target is null)
        {
            writer.WriteString("content", Encoding.UTF8.GetString(edited.Bytes));
        }
    });
}
