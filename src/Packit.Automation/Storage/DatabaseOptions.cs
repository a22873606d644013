using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Packit.Automation.Storage;

/// <summary>Which database program keeps the state.</summary>
public enum DatabaseProvider
{
    /// <summary>A file beside the service: for the demo and a trial, one process at a time.</summary>
    Sqlite,

    /// <summary>A server, shared by any number of processes: for production.</summary>
    PostgreSql,
}

/// <summary>Where the state is kept.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Connection string of Npgsql or of Microsoft.Data.Sqlite.</summary>
    public string ConnectionString { get; set; } = "Data Source=packit-service.db";

    /// <summary>How long a starting process waits for a database server that does not answer yet.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartTimeout < TimeSpan.Zero || StartTimeout > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult("Database:StartTimeout must be between 0 and 1 hour.", [nameof(StartTimeout)]);
        }

        if (Problem() is { } problem)
        {
            yield return new ValidationResult(
                $"Database:ConnectionString is no connection string for the provider {Provider}: {problem}", [nameof(ConnectionString)]);
        }
    }

    // The text of a parse error may quote the string, and a connection string holds a password: only own words here.
    private string? Problem()
    {
        try
        {
            return Provider switch
            {
                DatabaseProvider.PostgreSql when string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(ConnectionString).Host) =>
                    "it names no Host.",
                DatabaseProvider.Sqlite when string.IsNullOrWhiteSpace(new SqliteConnectionStringBuilder(ConnectionString).DataSource) =>
                    "it names no Data Source.",
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "a keyword is not known or a value cannot be read.";
        }
    }
}
