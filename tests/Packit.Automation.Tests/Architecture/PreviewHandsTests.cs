using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Effects;
using Packit.Automation.Engine;
using Packit.Automation.Previewing;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Bodhi;
using Packit.DistGit;
using Packit.GitHub;
using Packit.Koji;
using Packit.Pagure;

namespace Packit.Automation.Tests.Architecture;

/// <summary>A preview changes nothing because nothing in its hands could.</summary>
public sealed class PreviewHandsTests
{
    /// <summary>Everything through which a release is carried out.</summary>
    private static readonly HashSet<Type> Writers =
    [
        typeof(GitHubClient), typeof(GitHubRepository), typeof(PagureClient), typeof(KojiClient), typeof(BodhiClient), typeof(LookasideCache),
        typeof(ArchiveStep), typeof(PushStep), typeof(PullRequestStep), typeof(FastForwardStep), typeof(ProposeDownstreamWork), typeof(TargetRows),
        typeof(CheckReporter), typeof(IssueReporter), typeof(AnswerComment), typeof(EffectLedger), typeof(IJobQueue), typeof(IPackitDbFactory), typeof(PackitDb),
        typeof(DistGitCredentials), typeof(DistGitAddresses),
    ];

    /// <summary>Where the walk ends: clients made without a credential, and questions that the service answers.</summary>
    private static readonly HashSet<Type> Doors = [typeof(FedoraReader), typeof(IPreviewStanding), typeof(IAliasSource), typeof(IResolvedBugs)];

    [Fact]
    public void Nothing_that_writes_can_be_reached_from_what_makes_previews()
    {
        var seen = new HashSet<Type>();
        Walk(typeof(ReleasePreviewer), seen, "");

        Assert.Contains(typeof(BranchPreviewer), seen);
        Assert.Contains(typeof(FedoraReader), seen);
        Assert.Contains(typeof(SpecQuestions), seen);
    }

    [Fact]
    public void A_git_that_could_push_is_not_taken()
    {
        var pushing = new GitProgram(new GitOptions(), TimeProvider.System, NullLogger<GitProgram>.Instance);

        Assert.Throws<ArgumentException>(() => new ReleasePreviewer(
            pushing, null!, null!, null!, null!, Options.Create(new ServiceOptions()), TimeProvider.System));
    }

    [Fact]
    public void The_reader_of_remote_services_only_asks()
    {
        var questions = typeof(FedoraReader).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct().Order(StringComparer.Ordinal);

        // A new one has to be looked at: it may only ask what anybody may know.
        Assert.Equal(
            ["BranchesAsync", "BuildAsync", "DisposeAsync", "ForkHeadsAsync", "OpenPullRequestsAsync", "PageOf", "ReleasesAsync", "UpdateAsync"], questions);
    }

    private static void Walk(Type type, HashSet<Type> seen, string way)
    {
        way += $" > {type.Name}";
        Assert.False(Writers.Contains(type), $"A preview can write by{way}.");
        foreach (var part in type.GetGenericArguments())
        {
            Walk(part, seen, way);
        }

        if (!seen.Add(type) || Doors.Contains(type) || type.Namespace?.StartsWith("Packit.", StringComparison.Ordinal) != true)
        {
            return;
        }

        var held = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.FieldType)
            .Concat(type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).SelectMany(made => made.GetParameters()).Select(given => given.ParameterType));
        foreach (var part in held)
        {
            Walk(part, seen, way);
        }
    }
}
