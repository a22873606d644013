namespace Packit.Specfile;

/// <summary>What is known about a value of a spec without running any of the spec's code.</summary>
public abstract record SpecValue
{
    private SpecValue()
    {
    }

    /// <summary>The value when it is known, else null.</summary>
    public string? TextOrNull => (this as Known)?.Text;

    /// <summary>The value with every macro expanded.</summary>
    public sealed record Known(string Text) : SpecValue
    {
        public override string ToString() => Text;
    }

    /// <summary>The value depends on something that only a run of rpm could tell.</summary>
    /// <param name="Reason">What is missing, for instance <c>needs a shell: %(git describe)</c>.</param>
    /// <param name="Line">Where that stands, from 1.</param>
    /// <param name="LineText">The line's text.</param>
    public sealed record Unknown(string Reason, int Line, string LineText) : SpecValue
    {
        /// <summary>
        /// The value as far as it could be expanded; what could not be stays as it is written, as rpm leaves macros
        /// that it does not know.
        /// </summary>
        public string Partial { get; init; } = "";

        public override string ToString() => $"unknown ({Reason}, line {Line})";
    }

    /// <summary>The spec does not say.</summary>
    public sealed record Absent : SpecValue
    {
        public static Absent Instance { get; } = new();

        public override string ToString() => "absent";
    }
}
