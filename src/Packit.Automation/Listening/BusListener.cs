using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.FedoraMessaging;

namespace Packit.Automation.Listening;

/// <summary>Takes in what Fedora's bus says: from the broker, or from datagrepper alone where there is none.</summary>
/// <param name="broker">The listener; null without a broker.</param>
/// <param name="readBack">Datagrepper; null without one.</param>
/// <param name="log">Told what is missing.</param>
internal sealed partial class BusListener(MessageListener? broker, GapReader? readBack, ILogger<BusListener> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (broker is not null)
        {
            if (readBack is null)
            {
                LogNoReadBack();
            }

            return broker.RunAsync(stoppingToken);
        }

        if (readBack is not null)
        {
            LogPolling();
            return readBack.PollAsync(stoppingToken);
        }

        LogNoBus();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Messaging:DatagrepperUrl is set: messages that are missed while nobody listens stay missed")]
    private partial void LogNoReadBack();

    [LoggerMessage(Level = LogLevel.Information, Message = "No Messaging:BrokerUrl is set: messages are fetched from datagrepper now and then")]
    private partial void LogPolling();

    [LoggerMessage(Level = LogLevel.Information, Message = "Neither Messaging:BrokerUrl nor Messaging:DatagrepperUrl is set: nothing is heard of dist-git, Koji and Bodhi")]
    private partial void LogNoBus();
}
