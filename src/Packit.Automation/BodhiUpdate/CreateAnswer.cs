using Packit.Automation.Failures;
using Packit.Http;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What came of the wish for an update.</summary>
public abstract record CreateAnswer
{
    private CreateAnswer()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Update">As Bodhi made it.</param>
    /// <param name="Remarks">What Bodhi said besides, such as which older update this one replaces.</param>
    public sealed record Created(UpdateInBodhi Update, IReadOnlyList<string> Remarks) : CreateAnswer;

    /// <summary>There is an update of the build already.</summary>
    public sealed record Exists : CreateAnswer;

    /// <summary>The build is not in the tag where Bodhi looks for it: worth asking again soon.</summary>
    public sealed record NotTagged : CreateAnswer;

    /// <summary>Bodhi makes the updates of this release itself.</summary>
    public sealed record Automatic : CreateAnswer;

    /// <summary>Asking again would change nothing before somebody has acted.</summary>
    public sealed record Refused(Failure Failure) : CreateAnswer;

    /// <summary>No answer that says anything about the update.</summary>
    /// <param name="Cause">What came instead.</param>
    /// <param name="MayBeMade">Whether the update may be there all the same, now or in a moment.</param>
    public sealed record Away(RemoteException Cause, bool MayBeMade) : CreateAnswer;
}
