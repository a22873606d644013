using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>A remark at a place of a file, which GitHub shows beside the line.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="StartLine">First line, from 1.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="AnnotationLevel">How bad it is.</param>
/// <param name="Message">What is to be said, as plain text.</param>
/// <remarks>GitHub: REST API, check runs, <c>output.annotations</c>.</remarks>
public sealed record CheckAnnotation(string Path, int StartLine, int EndLine, CheckAnnotationLevel AnnotationLevel, string Message)
{
    /// <summary>The most annotations that GitHub takes with one call.</summary>
    public const int MostAtOnce = 50;

    /// <summary>First column, from 1; only for a remark on a single line.</summary>
    public int? StartColumn { get; init; }

    /// <summary>Last column; goes with <see cref="StartColumn"/>.</summary>
    public int? EndColumn { get; init; }

    /// <summary>A heading, at most 255 characters.</summary>
    public string? Title { get; init; }
}

/// <summary>How bad the thing is that an annotation is about.</summary>
[JsonConverter(typeof(WireEnumConverter<CheckAnnotationLevel>))]
public enum CheckAnnotationLevel
{
    Notice,
    Warning,
    Failure,
}
