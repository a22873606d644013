using System.Text;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Makes the plan of a branch, and where it needs what only a run of a spec would tell, asks rpm and makes it again.</summary>
public sealed class SpecQuestions(RpmSpecProgram rpm, IOptions<RpmSpecSettings> settings)
{
    private const int FileCap = 256 * 1024;
    private const int MaximumFiles = 20;

    /// <summary>The plan. It is pure as ever: what rpm answered is a part of what it is made from.</summary>
    public async Task<ProposeDownstreamPlan> PlanAsync(PlanInput input, GitRepository repository, IPlanLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(log);
        input = input with { Rpm = settings.Value.Use == RpmSpecUse.Never ? null : RpmReadings.None };
        var plan = ProposeDownstreamPlan.Make(input);
        while (plan is ProposeDownstreamPlan.Ask ask)
        {
            var answer = await AskAsync(ask, input, repository, log, cancellationToken);
            input = input with { Rpm = input.Rpm!.With(ask.Spec, answer) };
            plan = ProposeDownstreamPlan.Make(input);
        }

        return plan;
    }

    private async Task<SpecReading?> AskAsync(
        ProposeDownstreamPlan.Ask ask, PlanInput input, GitRepository repository, IPlanLog log, CancellationToken cancellationToken)
    {
        log.Info($"Line {ask.Missing.Line} of the spec {ask.Missing.Reason}: asking rpm, in a confinement");
        var question = new RpmSpecQuestion(ask.Spec)
        {
            Macros = input.Macros.Macros,
            Files = await FilesAsync(ask, input, repository, cancellationToken),
        };
        switch (await rpm.ParseAsync(question, cancellationToken))
        {
            case RpmSpecAnswer.Parsed parsed:
                return SpecFile.Parse(parsed.Spec).Read(input.Macros);
            case RpmSpecAnswer.Failed failed:
                log.Warning($"rpm could not tell: {failed.Reason}");
                return null;
            case RpmSpecAnswer.Unavailable unavailable:
                log.Warning($"rpm cannot be asked here: {unavailable.Reason}");
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The small files beside the spec that it names, for what it includes, loads or prints. Links are not followed.</summary>
    private static async Task<Dictionary<string, ReadOnlyMemory<byte>>> FilesAsync(
        ProposeDownstreamPlan.Ask ask, PlanInput input, GitRepository repository, CancellationToken cancellationToken)
    {
        var text = Encoding.Latin1.GetString(ask.Spec.Span);
        var folder = ask.IsUpstream && input.UpstreamSpecPath.LastIndexOf('/') is >= 0 and var slash ? input.UpstreamSpecPath[..slash] : "";
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var tree = ask.IsUpstream ? input.UpstreamTree : input.DistGitTree;
        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var entry in tree.Under(folder))
        {
            var name = entry.Path[prefix.Length..];
            if (entry.IsFile && !name.Contains('/', StringComparison.Ordinal) && files.Count < MaximumFiles && text.Contains(name, StringComparison.Ordinal))
            {
                try
                {
                    files[name] = await repository.ReadAsync(entry, FileCap, cancellationToken);
                }
                catch (GitException large) when (large.Kind == GitFailure.TooLarge)
                {
                    // An archive, not something that a spec reads.
                }
            }
        }

        return files;
    }
}
