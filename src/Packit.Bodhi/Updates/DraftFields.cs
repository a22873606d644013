using System.Text.Json;

namespace Packit.Bodhi;

/// <summary>The fields of a draft as Bodhi's form has them.</summary>
internal static class DraftFields
{
    /// <param name="edited">The alias of the update that becomes this; null to make a new one.</param>
    public static void Write(Utf8JsonWriter writer, UpdateDraft draft, string? edited)
    {
        // Bodhi refuses an empty list of builds beside a tag, and fails inside when an edit brings no list of bugs.
        if (draft.Builds.Count > 0 || draft.FromTag is null)
        {
            WriteList(writer, "builds", draft.Builds, static (to, build) => to.WriteStringValue(build));
        }

        if (draft.FromTag is { } tag)
        {
            writer.WriteString("from_tag", tag);
        }

        writer.WriteString("notes", draft.Notes);
        WriteList(writer, "bugs", draft.Bugs, static (to, bug) => to.WriteNumberValue(bug));
        if (edited is not null)
        {
            writer.WriteString("edited", edited);
        }

        foreach (var (name, value) in Typed(draft))
        {
            if (value is not null && !draft.Extra.ContainsKey(name))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }
        }

        foreach (var (name, value) in draft.Extra)
        {
            if (!UpdateDraft.IsReserved(name))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }
    }

    private static IEnumerable<(string Name, object? Value)> Typed(UpdateDraft draft) =>
    [
        ("type", Word<UpdateType>(draft.Type)),
        ("display_name", draft.DisplayName),
        ("close_bugs", draft.CloseBugs),
        ("severity", Word(draft.Severity)),
        ("suggest", Word(draft.Suggest)),
        ("autokarma", draft.Autokarma),
        ("stable_karma", draft.StableKarma),
        ("unstable_karma", draft.UnstableKarma),
        ("autotime", draft.Autotime),
        ("stable_days", draft.StableDays),
        ("require_bugs", draft.RequireBugs),
        ("require_testcases", draft.RequireTestcases),
    ];

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }
}
