namespace Packit.Pagure;

/// <summary>A right in a project.</summary>
public enum Acl
{
    /// <summary>Takes all rights away.</summary>
    None,
    Ticket,
    Commit,
    Admin,
}

/// <summary>To whom a right is given.</summary>
public enum AclHolder
{
    User,
    Group,
}

/// <summary>What came of the wish for a fork.</summary>
public enum ForkOutcome
{
    Created,

    /// <summary>It was there before; its branches are those of the day it was made.</summary>
    AlreadyThere,
}
