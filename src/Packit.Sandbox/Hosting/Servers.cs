namespace Packit.Sandbox.Hosting;

/// <summary>The names of the stand-ins, as the request log and the faults use them.</summary>
public static class Servers
{
    /// <summary>GitHub's REST API.</summary>
    public const string GitHubApi = "github-api";

    /// <summary>GitHub's web host: git over http, archives of tags, release assets.</summary>
    public const string GitHubWeb = "github-web";

    /// <summary>dist-git: Pagure's REST API, raw files and git over http.</summary>
    public const string Pagure = "pagure";

    public const string Lookaside = "lookaside";

    /// <summary>Koji's hub, its pages and its logs.</summary>
    public const string Koji = "koji";

    public const string Bodhi = "bodhi";

    /// <summary>The OpenID Connect provider through which one logs in to Bodhi.</summary>
    public const string Identity = "identity";

    /// <summary>The account system's REST front.</summary>
    public const string Fasjson = "fasjson";

    /// <summary>The archive of the message bus.</summary>
    public const string Datagrepper = "datagrepper";

    public const string Bugzilla = "bugzilla";

    /// <summary>An upstream's own download host.</summary>
    public const string Archives = "archives";
}
