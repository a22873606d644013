using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>Where commands were given, and by whom.</summary>
/// <param name="DeliveryId">Row of the delivery that tells of them.</param>
/// <param name="Repository">The upstream repository.</param>
/// <param name="Kind">What kind of place.</param>
/// <param name="Thread">Its number.</param>
/// <param name="Comment">GitHub's id of the comment.</param>
/// <param name="Author">Its author, as GitHub has it now.</param>
public sealed record CommentPlace(long DeliveryId, UpstreamRepository Repository, CommandPlace Kind, int Thread, long Comment, GitHubAccount Author);
