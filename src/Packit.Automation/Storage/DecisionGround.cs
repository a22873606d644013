namespace Packit.Automation.Storage;

/// <summary>What decided about a job, in the order in which things are looked at: what stands later here came nearer to starting something.</summary>
public enum DecisionGround
{
    /// <summary>What the reason says.</summary>
    [WireName("other")]
    Other,

    /// <summary>The delivery says nothing that could start a job.</summary>
    [WireName("event")]
    Event,

    /// <summary>A package config was read, or there is none, or it has errors.</summary>
    [WireName("config")]
    Config,

    /// <summary>The kind of job is not started by this kind of event.</summary>
    [WireName("job")]
    Job,

    [WireName("trigger")]
    Trigger,

    /// <summary>The job is for another package.</summary>
    [WireName("package")]
    Package,

    /// <summary><c>manual_trigger</c>.</summary>
    [WireName("manual-trigger")]
    ManualTrigger,

    /// <summary><c>packit_instances</c>.</summary>
    [WireName("instance")]
    Instance,

    /// <summary><c>upstream_tag_include</c>, <c>upstream_tag_exclude</c>.</summary>
    [WireName("tag-filter")]
    TagFilter,

    /// <summary><c>dist_git_branches</c>.</summary>
    [WireName("branch")]
    Branch,

    /// <summary>The service does not do what the job asks for.</summary>
    [WireName("not-supported")]
    NotSupported,

    /// <summary>Another job, or somebody else, does it already.</summary>
    [WireName("done-elsewhere")]
    DoneElsewhere,

    /// <summary>What was pushed or built is not what the job is for.</summary>
    [WireName("content")]
    Content,

    /// <summary>Who did it is none of those that the package config names.</summary>
    [WireName("people")]
    People,

    /// <summary>The project is not, or is, on the allowlist.</summary>
    [WireName("allowlist")]
    Allowlist,

    /// <summary>What the person who asks may do.</summary>
    [WireName("permission")]
    Permission,

    /// <summary>All conditions are met.</summary>
    [WireName("met")]
    Met,
}
