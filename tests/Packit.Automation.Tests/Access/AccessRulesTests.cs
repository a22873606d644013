using Packit.Automation.Access;
using static Packit.Automation.Access.AccessEvent;
using static Packit.Automation.Access.AccessRole;

namespace Packit.Automation.Tests.Access;

/// <summary>
/// The table once more, written down by hand: for each event the least that is needed, as alternatives. Whoever changes a right changes it here too.
/// </summary>
public sealed class AccessRulesTests
{
    private static readonly Dictionary<AccessEvent, AccessRole[][]> Expected = new()
    {
        [ReleasePublished] = [[ProjectApproved]],
        [ConfigPushed] = [[ProjectApproved]],
        [ConfigProposed] = [[ProjectApproved]],
        [ProposedConfigRun] = [],
        [ProposeCommand] = [[AccountNotDenied, ProjectApproved, MayMergeUpstream], [AccountNotDenied, ServiceAdmin]],
        [PreviewCommand] =
        [
            [AccountNotDenied, ProjectApproved, MayMergeUpstream], [AccountNotDenied, ProjectApproved, PullRequestAuthor], [AccountNotDenied, ServiceAdmin],
        ],
        [HelpCommand] = [[Anyone]],
        [VerifyFasCommand] = [[Installer]],
        [KojiBuildCommandInIssue] = [[AccountNotDenied, ProjectApproved, MayMergeUpstream], [AccountNotDenied, ServiceAdmin, MayMergeUpstream]],
        [CreateUpdateCommandInIssue] = [[AccountNotDenied, ProjectApproved, MayMergeUpstream], [AccountNotDenied, ServiceAdmin, MayMergeUpstream]],
        [CheckRerun] = [[OwnCheck, AccountNotDenied, ProjectApproved, MayMergeUpstream], [OwnCheck, AccountNotDenied, ServiceAdmin, MayMergeUpstream]],
        [DistGitKojiBuild] = [[Packager]],
        [DistGitCreateUpdate] = [[Packager, PackageCommitter]],
        [DistGitAllowUpstream] = [[Packager, PackageCommitter]],
        [DistGitMerge] = [[ConfiguredPullRequestAuthor]],
        [DistGitPush] = [[ConfiguredCommitter]],
        [BuildCompleted] = [[ConfiguredBuilder]],
    };

    public static TheoryData<AccessEvent> Events => [.. Enum.GetValues<AccessEvent>()];

    [Fact]
    public void Every_event_has_one_rule() =>
        Assert.Equal(Enum.GetValues<AccessEvent>().Order(), AccessRules.All.Select(rule => rule.Event).Order());

    /// <summary>All sets of roles that somebody can hold: who holds a least set, or more, is let through, and nobody else.</summary>
    [Theory]
    [MemberData(nameof(Events))]
    public void Whoever_holds_what_is_needed_is_let_through_and_nobody_else(AccessEvent happened)
    {
        var rule = AccessRules.Of(happened);
        var roles = Enum.GetValues<AccessRole>().Where(role => role is not (Anyone or Nobody)).ToArray();
        for (var set = 0; set < 1 << roles.Length; set++)
        {
            HashSet<AccessRole> held = [Anyone, .. roles.Where((_, bit) => (set >> bit & 1) == 1)];

            var isGranted = rule.Needs.All(need => need.AnyOf.Any(held.Contains));

            Assert.True(isGranted == Expected[happened].Any(held.IsSupersetOf), $"{happened} for {string.Join(", ", held)}: granted {isGranted}");
        }
    }

    [Fact]
    public void No_rule_is_open_to_all_but_the_one_that_only_talks() =>
        Assert.Equal([HelpCommand], AccessRules.All.Where(rule => rule.Needs.All(need => need.AnyOf.Contains(Anyone))).Select(rule => rule.Event));

    /// <summary>What the service has at hand is asked before other servers are.</summary>
    [Theory]
    [MemberData(nameof(Events))]
    public void The_cheapest_question_comes_first(AccessEvent happened)
    {
        AccessRole[] remote = [MayMergeUpstream, PullRequestAuthor, Packager, PackageCommitter];

        var order = AccessRules.Of(happened).Needs.SelectMany(need => need.AnyOf).ToList();

        Assert.DoesNotContain(order.SkipWhile(role => !remote.Contains(role)), role => role is AccountNotDenied or ProjectApproved or OwnCheck);
    }

    [Fact]
    public void Every_rule_and_role_is_told_in_words()
    {
        Assert.All(AccessRules.All, rule => Assert.False(string.IsNullOrWhiteSpace(rule.Occasion) || string.IsNullOrWhiteSpace(rule.Effect), rule.Event.ToString()));
        Assert.Distinct(Enum.GetValues<AccessRole>().Select(AccessRules.Meaning));
    }
}
