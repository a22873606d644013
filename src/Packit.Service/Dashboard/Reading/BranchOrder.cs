namespace Packit.Service.Dashboard.Reading;

/// <summary>Rawhide first, then the newest release first, as maintainers think of them.</summary>
internal sealed class BranchOrder : IComparer<string>
{
    public static BranchOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Key(x ?? "").CompareTo(Key(y ?? ""));

    private static (int Group, int Release, string Name) Key(string branch)
    {
        var letters = branch.TakeWhile(char.IsAsciiLetter).Count();
        var digits = branch.AsSpan(letters);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        digits = end < 0 ? digits : digits[..end];
        return (Group(branch, letters), int.TryParse(digits, out var number) ? -number : 0, branch);
    }

    private static int Group(string branch, int letters) => branch[..letters] switch
    {
        "rawhide" or "main" => 0,
        "f" => 1,
        "epel" => 2,
        _ => 3,
    };
}
