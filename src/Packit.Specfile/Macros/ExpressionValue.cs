using System.Globalization;

namespace Packit.Specfile;

/// <summary>A value of an expression: a number, a string or a version (<c>v"1.0"</c>).</summary>
internal readonly record struct ExpressionValue(ExpressionValue.Kinds Kind, string Text, long Number)
{
    public enum Kinds
    {
        Number,
        String,
        Version,
    }

    public bool IsTrue => Kind == Kinds.Number ? Number != 0 : Text.Length > 0;

    public static ExpressionValue Of(long number) => new(Kinds.Number, number.ToString(CultureInfo.InvariantCulture), number);

    public static ExpressionValue Of(bool truth) => Of(truth ? 1 : 0);

    public static ExpressionValue Of(string text) => new(Kinds.String, text, 0);
}
