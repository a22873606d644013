using Microsoft.Extensions.Options;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary><c>/packit help</c>: the commands that work in the place where it was asked.</summary>
public sealed class HelpCommand(IOptions<ServiceOptions> service) : IIssueCommand
{
    public string Name => "help";

    public Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken) =>
        Task.FromResult(new IssueAnswer(HelpTexts.Of(given.Place, service.Value.CommandPrefix), CommandState.Done));
}
