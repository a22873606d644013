namespace Packit.Automation.Events;

/// <summary>What an event is about, in words for people who look for it.</summary>
/// <param name="ProjectUrl">Web address of the project.</param>
/// <param name="Project">Its namespace and name.</param>
/// <param name="IsPrivate">Whether only its members see it.</param>
/// <param name="Actor">Login of who caused it; null when nobody is named.</param>
/// <param name="What">What happened, in a few words; foreign text.</param>
/// <param name="Url">Web page of what it is about; null when there is none.</param>
public sealed record EventSubject(string ProjectUrl, string Project, bool IsPrivate, string? Actor, string What, string? Url)
{
    /// <summary>The forge's number of the project, which stays when it gets another name; null when it is not told.</summary>
    public long? ForgeId { get; init; }
}
