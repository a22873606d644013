namespace Packit.Service.Commands;

/// <summary>What the commands tell scripts.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command worked, and the answer is no: errors in a file, an edit refused, no such entry.</summary>
    public const int No = 1;

    /// <summary>Something given cannot be read or understood: a file, an option, the configuration.</summary>
    public const int BadInput = 2;

    /// <summary>The database or a remote service cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>What stands below each help text.</summary>
    public const string Explanation =
        """
        Exit codes:
          0  done
          1  the answer is no: errors in the file, edit refused, no such entry
          2  bad usage, or a file or the configuration cannot be read
          3  the database or a remote service cannot be reached
        """;
}
