using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Automation.Storage;
using Quartz;

namespace Packit.Automation.Engine;

/// <summary>How Quartz is set up, in its own container.</summary>
internal static class QuartzSetup
{
    // The schema of Quartz gives names 200 characters on some databases and execution groups fewer.
    private const int LongestName = 100;
    private const string ExclusivePrefix = "only:";

    /// <summary>The execution group of which one job runs at a time in the whole cluster.</summary>
    public static string ExclusiveGroup(string key) => Short(ExclusivePrefix + key);

    /// <summary>The name itself, or when it is too long its beginning and its digest.</summary>
    public static string Short(string name) => name.Length <= LongestName
        ? name
        : string.Concat(name.AsSpan(0, LongestName - 33), "~", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))).AsSpan(0, 32));

    public static ServiceProvider Build(Database database, JobDispatch dispatch, EngineOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(dispatch);
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(time);
            quartz.UseDefaultThreadPool(options.Threads);
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "packit";
                // One process on SQLite: the same id after a restart recovers what was cut off. A cluster sees by the check-ins who is dead.
                scheduler.InstanceId = database.Provider == DatabaseProvider.Sqlite
                    ? "sqlite"
                    : Short($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
                scheduler.IdleWaitTime = options.PollInterval;
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;
            });
            quartz.UseExecutionLimits(limits => limits.ForGroupsWithPrefix(ExclusivePrefix, 1, ExecutionLimitScope.Cluster));
            quartz.UsePersistentStore(store => UseDatabase(store, database, options));
        });
        services.AddQuartzExecutionHistory(history =>
        {
            history.Retention = options.HistoryRetention;
            history.MaxEntriesPerScheduler = options.HistoryEntries;
        });
        return services.BuildServiceProvider();
    }

    private static void UseDatabase(IPersistentStoreBuilder store, Database database, EngineOptions options)
    {
        if (database.Postgres is { } postgres)
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => postgres);
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = options.CheckinInterval;
                cluster.CheckinMisfireThreshold = options.CheckinInterval;
            });
        }
        else
        {
            store.UseSqlite(source => source.DataSourceFactory = _ => new SqliteDataSource(database.ConnectionString));
        }

        store.UseExecutionHistory();
        store.ConfigureStore(settings =>
        {
            settings.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
            // Makes the limit on an execution group exact.
            settings.AcquireTriggersWithinLock = true;
            settings.RecoverFiringsCancelledByShutdown = true;
            settings.DbRetryInterval = TimeSpan.FromSeconds(3);
        });
    }
}
