namespace Packit.Specfile;

/// <summary>Shows that an edited spec says what was wanted and nothing else changed; where it cannot, the edit is not used.</summary>
internal static class SpecProof
{
    /// <summary>Compares the readings before and after the version and the release were written.</summary>
    public static SpecProblem? Compare(SpecFile edited, SpecReading before, SpecReading after, string version, string release)
    {
        if (Version(edited, after, version) is { } problem)
        {
            return problem;
        }

        if (after.RawRelease is not null && after.RawRelease != release)
        {
            return Unintended(edited, "Release", "Release", before.RawRelease, after.RawRelease, before, after);
        }

        if (!Same(before.Name, after.Name))
        {
            return Unintended(edited, "Name", "the package's name", Shown(before.Name), Shown(after.Name), before, after);
        }

        if (!Same(before.Epoch, after.Epoch))
        {
            return Unintended(edited, "Epoch", "the epoch", Shown(before.Epoch), Shown(after.Epoch), before, after);
        }

        if (Sources(before.Sources, after.Sources) is { } source)
        {
            return Source(source);
        }

        return Sources(before.Patches, after.Patches) is { } patch ? Source(patch) : null;

        SpecProblem Source(SpecSource changed) => new(
            SpecProblems.UnintendedChange,
            "With the new version another condition of the spec applies, which adds or removes this source; edit the spec by hand.",
            changed.Line,
            edited.Line(changed.Line))
        {
            Diff = SpecDiff.Values(before, after),
        };
    }

    /// <summary>
    /// Compares both texts, parsed anew: the same sections, tags and definitions at the same lines, and no line changed but those of the edits.
    /// </summary>
    public static SpecProblem? CompareText(SpecFile before, SpecFile after, IReadOnlyCollection<TextEdit> edits)
    {
        var intended = edits.SelectMany(edit => before.Content.LinesOf(edit.Range)).ToHashSet();
        var same = before.LineCount == after.LineCount
            && before.Sections.SequenceEqual(after.Sections)
            && Places(before).SequenceEqual(Places(after));
        for (var line = 0; same && line < before.LineCount; line++)
        {
            same = intended.Contains(line) || before.Content.Line(line).SequenceEqual(after.Content.Line(line));
        }

        return same ? null : new SpecProblem(
            SpecProblems.UnintendedChange,
            "Setting the version would change more of the spec than its version; edit the spec by hand.",
            0,
            "")
        {
            Diff = SpecDiff.Lines(before, after),
        };

        // A definition that is commented in or out stays where it is.
        static IEnumerable<(string Name, int Line)> Places(SpecFile spec) => spec.Tags.Select(static tag => (tag.Name, tag.Line))
            .Concat(spec.MacroDefinitions.Select(static definition => (definition.Name, definition.Line)));
    }

    /// <summary>
    /// Compares which lines of the preamble count: with another version another branch of a condition may apply, and then the spec says
    /// something else about more than its version.
    /// </summary>
    public static SpecProblem? CompareConditions(SpecFile before, SpecInterpreter stateBefore, SpecFile after, SpecInterpreter stateAfter)
    {
        var lines = after.Tags.Select(static tag => tag.Line).Concat(after.MacroDefinitions.Select(static definition => definition.Line));
        foreach (var line in lines)
        {
            if (line <= after.Sections[0].LineCount && stateBefore.IsReached(line - 1) != stateAfter.IsReached(line - 1))
            {
                return new SpecProblem(
                    SpecProblems.UnintendedChange,
                    "With the new version another condition of the spec applies, which changes this line's meaning; edit the spec by hand.",
                    line,
                    after.Line(line))
                {
                    Diff = SpecDiff.Conditions(before, stateBefore, stateAfter),
                };
            }
        }

        return null;
    }

    /// <summary>Compares the structure before and after the changelog entry was written.</summary>
    public static SpecProblem? CompareSections(SpecFile before, SpecFile after)
    {
        for (var i = 0; i < Math.Max(before.Sections.Count, after.Sections.Count); i++)
        {
            var (old, now) = (before.Sections.ElementAtOrDefault(i), after.Sections.ElementAtOrDefault(i));
            if (old is null || now is null || old.Name != now.Name || old.Arguments != now.Arguments
                || (old.LineCount != now.LineCount && !now.IsChangelog))
            {
                var line = (now ?? old)!.HeaderLine;
                return new SpecProblem(
                    SpecProblems.UnintendedChange,
                    "The changelog entry would change the sections of the spec; give it another text.",
                    line,
                    after.Line(line));
            }
        }

        return null;
    }

    private static SpecProblem? Version(SpecFile edited, SpecReading after, string version)
    {
        if (after.Version is SpecValue.Known known && known.Text == version)
        {
            return null;
        }

        var line = edited.Tags.FirstOrDefault(static tag => tag.Is("version"))?.Line ?? 0;
        return after.Version switch
        {
            SpecValue.Unknown unknown => new SpecProblem(
                SpecProblems.VersionComputed,
                $"The version cannot be set to {version}, because what it comes to is only known by running the spec: {unknown.Reason}. "
                + "Write the version as text, in the Version tag or in a macro it uses.",
                unknown.Line,
                unknown.LineText),
            _ => new SpecProblem(
                SpecProblems.VersionComputed,
                $"The version cannot be set to {version}: the spec would come to {Shown(after.Version)} instead. "
                + "Write the version as text, in the Version tag or in a macro it uses.",
                line,
                edited.Line(line)),
        };
    }

    private static bool Same(SpecValue before, SpecValue after) => (before, after) switch
    {
        (SpecValue.Unknown old, SpecValue.Unknown now) => old.Partial == now.Partial,
        _ => before == after,
    };

    private static SpecSource? Sources(IReadOnlyList<SpecSource> before, IReadOnlyList<SpecSource> after)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (old, now) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (old is null || now is null || old.Number != now.Number || old.IsValid != now.IsValid)
            {
                return now ?? old;
            }
        }

        return null;
    }

    private static SpecProblem Unintended(SpecFile edited, string tag, string what, string? valueBefore, string? valueAfter, SpecReading before, SpecReading after)
    {
        var line = edited.Tags.FirstOrDefault(t => t.Is(tag))?.Line ?? 0;
        return new SpecProblem(
            SpecProblems.UnintendedChange,
            $"Setting the version would also change {what} from {valueBefore ?? "nothing"} to {valueAfter ?? "nothing"}; edit the spec by hand.",
            line,
            edited.Line(line))
        {
            Diff = SpecDiff.Values(before, after),
        };
    }

    private static string Shown(SpecValue value) => value switch
    {
        SpecValue.Known known => $"'{known.Text}'",
        SpecValue.Unknown unknown => $"'{unknown.Partial}'",
        _ => "nothing",
    };
}
