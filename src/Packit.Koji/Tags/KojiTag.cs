namespace Packit.Koji;

/// <summary>A tag: a named set of builds.</summary>
public sealed record KojiTag(int Id, string Name)
{
    /// <summary>Nothing can be tagged into it while it is.</summary>
    public bool Locked { get; init; }

    /// <summary>Separated by blanks; empty when the tag has none of its own.</summary>
    public string Architectures { get; init; } = "";

    public bool IsSideTag { get; init; }

    /// <summary>Whose side tag it is; null for other tags.</summary>
    public string? SideTagOwner { get; init; }

    internal static KojiTag Read(Answer tag)
    {
        var extra = tag["extra"].IsNil ? (Answer?)null : tag["extra"];
        return new KojiTag(tag["id"].Number(), tag["name"].Text())
        {
            Locked = tag["locked"].Flag(),
            Architectures = tag["arches"].TextOrNull() ?? "",
            IsSideTag = extra?["sidetag"].Flag() ?? false,
            SideTagOwner = extra?["sidetag_user"].TextOrNull(),
        };
    }
}

/// <summary>A build in a tag.</summary>
/// <param name="Tag">The tag it is in itself, which may be one that the asked one inherits from.</param>
public sealed record TaggedBuild(KojiBuild Build, string Tag)
{
    internal static TaggedBuild Read(Answer row) => new(KojiBuild.Read(row), row["tag_name"].Text());
}
