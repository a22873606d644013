namespace Packit.PackageConfig;

/// <summary>Stable names of the kinds of problems that a configuration file can have.</summary>
public static class ProblemCodes
{
    /// <summary>The file is larger than 128 KiB.</summary>
    public const string TooLarge = "config-too-large";

    /// <summary>The bytes are not UTF-8.</summary>
    public const string NotUtf8 = "config-not-utf8";

    /// <summary>A NUL or another control character that YAML does not allow.</summary>
    public const string ControlCharacter = "config-control-character";

    /// <summary>Markers of an unresolved merge.</summary>
    public const string MergeConflict = "config-merge-conflict";

    /// <summary>Not YAML.</summary>
    public const string Syntax = "config-syntax";

    /// <summary>More than one document in the file.</summary>
    public const string SeveralDocuments = "config-several-documents";

    /// <summary>Nested too deeply.</summary>
    public const string TooDeep = "config-too-deep";

    /// <summary>Too many values, aliases expanded.</summary>
    public const string TooManyNodes = "config-too-many-nodes";

    /// <summary>Too many aliases.</summary>
    public const string TooManyAliases = "config-too-many-aliases";

    /// <summary>An alias without anchor, or inside its own anchor; a merge of something that is no mapping.</summary>
    public const string BadAlias = "config-bad-alias";

    /// <summary>An explicit YAML tag.</summary>
    public const string Tag = "config-tag";

    /// <summary>A key that occurs twice in one mapping.</summary>
    public const string DuplicateKey = "config-duplicate-key";

    /// <summary>A key that does not exist.</summary>
    public const string UnknownKey = "config-unknown-key";

    /// <summary>A key of former days that is not read any more.</summary>
    public const string OldKey = "config-old-key";

    /// <summary>A key that still works but should be written differently.</summary>
    public const string DeprecatedKey = "config-deprecated-key";

    /// <summary>A required key is not there.</summary>
    public const string MissingKey = "config-missing-key";

    /// <summary>A value of the wrong type.</summary>
    public const string WrongType = "config-wrong-type";

    /// <summary>A key without value, which has no effect.</summary>
    public const string EmptyValue = "config-empty-value";

    /// <summary>A value that is not among the allowed ones.</summary>
    public const string WrongValue = "config-wrong-value";

    /// <summary>A job names a package that is not defined.</summary>
    public const string UndefinedPackage = "config-undefined-package";

    /// <summary>The deprecated <c>metadata</c> and its keys in the job itself are mixed.</summary>
    public const string MixedMetadata = "config-mixed-metadata";

    /// <summary>No spec file is known for a package of a job.</summary>
    public const string NoSpecfile = "config-no-specfile";

    /// <summary>The spec file was not written in the file and had to be guessed.</summary>
    public const string SpecfileGuessed = "config-specfile-guessed";

    /// <summary>A regular expression that cannot be used, or that means something else here than in Python.</summary>
    public const string Regex = "config-regex";

    /// <summary>A tag template from which no version can be read.</summary>
    public const string TagTemplate = "config-tag-template";

    /// <summary>A command whose quotes do not match.</summary>
    public const string Command = "config-command";

    /// <summary>A branch alias that stands for nothing today.</summary>
    public const string UnknownAlias = "config-unknown-alias";

    /// <summary>A job that can never run: its trigger never happens for it.</summary>
    public const string NeverFires = "config-never-fires";

    /// <summary>A path that leaves the repository.</summary>
    public const string PathOutside = "config-path-outside";
}
