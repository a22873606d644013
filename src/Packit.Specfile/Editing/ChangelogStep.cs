namespace Packit.Specfile;

/// <summary>The last step of an update: the changelog entry, in the spec or in the file that the spec includes.</summary>
internal sealed class ChangelogStep(SpecUpdate update)
{
    /// <summary>Adds the entry, unless the spec has no changelog, rpmautospec makes it, or dist-git has it.</summary>
    /// <param name="edited">The spec with its new version.</param>
    /// <param name="state">What was found walking through it.</param>
    /// <param name="reading">What it says.</param>
    /// <param name="before">What the dist-git spec said; null when there was none.</param>
    public SpecUpdateResult Apply(SpecFile edited, SpecInterpreter state, SpecReading reading, SpecReading? before)
    {
        var sections = edited.Sections.Where(static section => section.IsChangelog).ToList();
        if (sections.Count == 0 || reading.UsesAutochangelog)
        {
            return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading);
        }

        if (sections.Count > 1)
        {
            var second = sections[1].HeaderLine;
            return Unclear("The spec has a second %changelog section; remove one of them.", edited, second);
        }

        if (!TryEvr(edited, state, reading, out var evr, out var problem))
        {
            return new SpecUpdateResult.Refused(problem!);
        }

        return ChangelogInclude.Find(edited.Content, sections[0]) is { } include
            ? Detached(edited, ChangelogInclude.Resolve(edited, state, include), reading, before, evr)
            : Inside(edited, sections[0], reading, before, evr);
    }

    private SpecUpdateResult Inside(SpecFile edited, SpecSection section, SpecReading reading, SpecReading? before, string evr)
    {
        var headers = ChangelogInsertion.Headers(edited.Content, section.FirstLine - 1, section.LineCount);
        if (before is not null && IsThere(headers, evr))
        {
            return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading);
        }

        var lineEnd = edited.Content.LineEnd(section.HeaderLine - 1) is "\r\n" ? "\r\n" : "\n";
        var insertion = ChangelogInsertion.At(edited.Content, section.FirstLine - 1, section.LineCount, lineEnd, Header(headers, evr), Text());
        var final = SpecFile.FromText(TextEdit.Apply(edited.Content.Text, [insertion]));
        if (SpecProof.CompareSections(edited, final) is { } broken)
        {
            return new SpecUpdateResult.Refused(broken);
        }

        // The entry is no macro, so that only the lines behind it have another number now.
        var isLast = edited.Sections[^1].IsChangelog;
        return new SpecUpdateResult.Edited(final.ToBytes(), before, isLast || reading.Missing is not null ? reading : final.Read(update.Macros));
    }

    /// <summary>The file is a changelog and nothing else: an entry at its top cannot change what the spec says.</summary>
    private SpecUpdateResult Detached(SpecFile edited, IncludedChangelog include, SpecReading reading, SpecReading? before, string evr)
    {
        if (include.FileName is not { } name)
        {
            return Unclear("The %changelog is included from somewhere else than a file beside the spec; include a file of the repository by its name.", edited, include.Line);
        }

        if (update.ChangelogFile?.Invoke(name) is not { } bytes)
        {
            return Unclear($"The %changelog is included from '{name}', which is no plain file beside the spec; add it or write the entries into the spec.", edited, include.Line);
        }

        if (bytes.Length > SpecFile.MaximumBytes)
        {
            return Unclear($"The included changelog '{name}' has {bytes.Length} bytes; at most {SpecFile.MaximumBytes} are read.", edited, include.Line);
        }

        var content = SpecFile.Parse(bytes).Content;
        var headers = ChangelogInsertion.Headers(content, 0, content.Count);
        if (before is not null && IsThere(headers, evr))
        {
            return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading);
        }

        var lineEnd = content.Count > 0 && content.LineEnd(0) is "\r\n" ? "\r\n" : "\n";
        var insertion = ChangelogInsertion.At(content, 0, content.Count, lineEnd, Header(headers, evr), Text());
        var changed = SpecFile.FromText(TextEdit.Apply(content.Text, [insertion])).ToBytes();
        return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading) { Changelog = new DetachedChangelog(name, changed) };
    }

    /// <summary>The branch has this release and says so: a repetition adds nothing.</summary>
    private static bool IsThere(List<string> headers, string evr) =>
        headers is [var newest, ..] && newest.TrimEnd().EndsWith(" " + evr, StringComparison.Ordinal);

    private string Header(List<string> headers, string evr) =>
        ChangelogText.Header(headers, update.Date, update.Time, SpecText.Encode(ChangelogText.Sanitize(update.Author)), evr);

    private string Text()
    {
        var text = update.ChangelogText ?? $"- Update to version {update.Version}";
        return SpecText.Encode(ChangelogText.Sanitize(text.ReplaceLineEndings("\n").TrimEnd('\n', ' ', '\t')));
    }

    private bool TryEvr(SpecFile spec, SpecInterpreter state, SpecReading reading, out string evr, out SpecProblem? problem)
    {
        evr = "";
        problem = null;
        if (reading.Epoch is SpecValue.Unknown epoch)
        {
            problem = new SpecProblem(SpecProblems.EpochComputed, $"The changelog entry needs the epoch, which is not known: {epoch.Reason}.", epoch.Line, epoch.LineText);
            return false;
        }

        var release = Release(spec, state, reading);
        if (release is SpecValue.Unknown unknown)
        {
            problem = new SpecProblem(
                SpecProblems.ReleaseComputed,
                $"The changelog entry needs the release, which is not known: {unknown.Reason}. Write the release as text.",
                unknown.Line,
                unknown.LineText);
            return false;
        }

        evr = $"{(reading.Epoch.TextOrNull is { } number ? number + ":" : "")}{reading.Version.TextOrNull}-{release.TextOrNull}";
        return true;
    }

    /// <summary>The release without the dist tag; the first one where rpmautospec counts them.</summary>
    private SpecValue Release(SpecFile spec, SpecInterpreter state, SpecReading reading)
    {
        if (reading.UsesAutorelease || state.RawTag("release")?.Value == ReleaseRule.Reset)
        {
            return new SpecValue.Known("1");
        }

        var release = new SpecInterpreter(spec, update.Macros.With("dist", "")).Run().Tag("release");
        return release is SpecValue.Unknown && reading.Release is SpecValue.Known known && update.Macros.Macros.GetValueOrDefault("dist") is var dist
            ? new SpecValue.Known(dist is { Length: > 0 } && known.Text.EndsWith(dist, StringComparison.Ordinal) ? known.Text[..^dist.Length] : known.Text)
            : release;
    }

    private static SpecUpdateResult.Refused Unclear(string message, SpecFile spec, int line) =>
        new(SpecProblems.ChangelogUnclear, message, line, spec.Line(line));
}
