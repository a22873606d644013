using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Http;
using Packit.Koji;

namespace Packit.Automation.KojiBuild;

/// <summary>Says what a refusal of Koji means for a build.</summary>
internal static class KojiFailures
{
    public static Failure Describe(KojiException refused, KojiBuildRequest request) => refused.Failure switch
    {
        RemoteFailure.Forbidden => Failure.UserFixable(FailureCodes.KojiNotAllowed, KojiBuildTexts.NotAllowed(request.Target, refused.FaultText)),
        RemoteFailure.Invalid or RemoteFailure.NotFound or RemoteFailure.Conflict =>
            Failure.UserFixable(FailureCodes.KojiRefused, KojiBuildTexts.Refused(refused.Message)),
        _ => RemoteFailures.Describe(refused),
    };
}
