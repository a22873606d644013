using System.Text;

namespace Packit.DistGit;

/// <summary>One archive that a package takes from the lookaside cache.</summary>
/// <param name="FileName">Its name, without blanks and parentheses.</param>
/// <param name="HashType">In capitals: <c>SHA512</c>; <c>MD5</c> in old files.</param>
/// <param name="Hash">Hexadecimal, lower case.</param>
public sealed record SourceEntry(string FileName, string HashType, string Hash)
{
    public const string Sha512Type = "SHA512";

    /// <summary>An entry as it is written today.</summary>
    public static SourceEntry Sha512(string fileName, string hash) => new(fileName, Sha512Type, hash);

    internal string? Problem()
    {
        if (FileName.Length is 0 or > 255 || FileName.AsSpan().IndexOfAny(" ()/") >= 0 || FileName.Any(char.IsControl) || FileName is "." or "..")
        {
            return $"'{GitName.Clip(FileName)}' is not a name that can stand in it";
        }

        return LengthOf(HashType) is not { } length ? $"the hash type '{GitName.Clip(HashType)}' is unknown"
            : Hash.Length != length || !Hash.All(char.IsAsciiHexDigitLower) ? $"the hash of {FileName} is not {length} hexadecimal digits"
            : null;
    }

    private static int? LengthOf(string hashType) => hashType switch
    {
        "MD5" => 32,
        "SHA1" => 40,
        "SHA224" => 56,
        "SHA256" => 64,
        "SHA384" => 96,
        Sha512Type => 128,
        _ => null,
    };
}

/// <summary>
/// The file <c>sources</c> of a dist-git repository: a line <c>SHA512 (name) = hash</c> for each archive, in the order of entry.
/// The old form <c>md5, two blanks, name</c> is read, never written. An empty file means no archives.
/// </summary>
public sealed class SourcesFile
{
    private const int MaxEntries = 10_000;

    private SourcesFile(IReadOnlyList<SourceEntry> entries) => Entries = entries;

    /// <summary>A file without entries.</summary>
    public static SourcesFile Empty { get; } = new([]);

    public IReadOnlyList<SourceEntry> Entries { get; }

    /// <summary>A file with exactly these entries, as <c>fedpkg new-sources</c> makes it. Repeated entries are dropped.</summary>
    /// <exception cref="ArgumentException">An entry is malformed, or the hash types differ.</exception>
    public static SourcesFile Of(IEnumerable<SourceEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Aggregate(Empty, static (file, entry) => file.With(entry));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes; lines may end with CR LF.</param>
    /// <param name="file">What was read; <see cref="Empty"/> when it is malformed.</param>
    /// <param name="problem">The first malformed line and what is wrong with it; else null.</param>
    /// <returns>Whether every line was understood.</returns>
    public static bool TryParse(ReadOnlySpan<byte> content, out SourcesFile file, out string? problem)
    {
        var entries = new List<SourceEntry>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            number++;
            var text = line.TrimEnd('\r', ' ', '\t');
            if (text.Length == 0)
            {
                continue;
            }

            var entry = ParseLine(text);
            problem = entry is null ? "it is not of the form 'SHA512 (name) = hash'" : entry.Problem();
            problem ??= entries.Count == MaxEntries ? $"there are more than {MaxEntries} entries" : null;
            if (problem is not null)
            {
                problem = $"Line {number} of the file 'sources' cannot be read: {problem}.";
                file = Empty;
                return false;
            }

            if (!entries.Contains(entry!))
            {
                entries.Add(entry!);
            }
        }

        file = new SourcesFile(entries);
        problem = null;
        return true;
    }

    /// <summary>The entry for a file name: the whole name, since <c>foo-1.0.tar.gz</c> is part of <c>libfoo-1.0.tar.gz</c>.</summary>
    public SourceEntry? Find(string fileName) => Entries.FirstOrDefault(entry => entry.FileName == fileName);

    /// <summary>Whether an entry of this hash type can be added: fedpkg refuses a file with different ones (HashtypeMixingError).</summary>
    public bool Accepts(string hashType) => Entries.All(entry => entry.HashType == hashType);

    /// <summary>Adds an entry at the end, or replaces the one for the same file where it stands.</summary>
    /// <exception cref="ArgumentException">The entry is malformed, or its hash type differs from the others (<see cref="Accepts"/>).</exception>
    public SourcesFile With(SourceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Problem() is { } problem)
        {
            throw new ArgumentException($"An entry cannot be written to the file 'sources': {problem}.", nameof(entry));
        }

        var entries = Entries.ToList();
        var place = entries.FindIndex(other => other.FileName == entry.FileName);
        if (place >= 0)
        {
            entries[place] = entry;
        }
        else
        {
            entries.Add(entry);
        }

        return entries.TrueForAll(other => other.HashType == entry.HashType)
            ? new SourcesFile(entries)
            : throw new ArgumentException(
                $"The file 'sources' cannot hold {entry.HashType} beside {entries.Find(other => other.HashType != entry.HashType)!.HashType}; all archives must be uploaded anew.",
                nameof(entry));
    }

    /// <summary>The file as it is written: one line for each entry, ended by a line feed.</summary>
    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(string.Concat(Entries.Select(static entry => $"{entry.HashType} ({entry.FileName}) = {entry.Hash}\n")));

    private static SourceEntry? ParseLine(string line)
    {
        var open = line.IndexOf(" (", StringComparison.Ordinal);
        var close = line.IndexOf(") = ", StringComparison.Ordinal);
        if (open > 0 && close > open)
        {
            return new SourceEntry(line[(open + 2)..close], line[..open].ToUpperInvariant(), line[(close + 4)..].ToLowerInvariant());
        }

        return line.Split("  ") is [var hash, var name] ? new SourceEntry(name, "MD5", hash.ToLowerInvariant()) : null;
    }
}
