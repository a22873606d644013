using Packit.Automation.Failures;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What Bodhi said to the wish for an update.</summary>
public abstract record CreateAnswer
{
    private CreateAnswer()
    {
    }

    public sealed record Created(UpdateInBodhi Update) : CreateAnswer;

    /// <summary>There is an update of the build already.</summary>
    public sealed record Exists : CreateAnswer;

    /// <summary>The build is not in the tag where Bodhi looks for it: worth asking again soon.</summary>
    public sealed record NotTagged : CreateAnswer;

    /// <summary>Asking again would change nothing before somebody has acted.</summary>
    public sealed record Refused(Failure Failure) : CreateAnswer;
}
