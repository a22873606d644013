using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Packit.Automation.Storage;

/// <summary>
/// "Get or create" that holds under concurrency: <c>insert … on conflict do nothing</c> and then a select, guarded by the table's
/// unique constraint. No exception is raised on a lost race, so a transaction around it goes on.
/// </summary>
public static class GetOrCreate
{
    /// <summary>Finds the row, or inserts it at once (not with the next SaveChanges). The row is tracked by <paramref name="db"/>.</summary>
    /// <param name="db">The unit of work; an open transaction of it is taken part in (READ COMMITTED, the default).</param>
    /// <param name="identity">Selects by the columns of one unique constraint.</param>
    /// <param name="create">The row to insert: foreign keys as ids; navigations are not followed.</param>
    /// <exception cref="InvalidOperationException">What <paramref name="create"/> makes is not what <paramref name="identity"/> selects.</exception>
    public static async Task<T> GetOrCreateAsync<T>(
        this PackitDb db, Expression<Func<T, bool>> identity, Func<T> create, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(create);
        var rows = db.Set<T>();
        if (await rows.SingleOrDefaultAsync(identity, cancellationToken) is { } known)
        {
            return known;
        }

        await InsertIfAbsentAsync(db, create(), cancellationToken);
        return await rows.SingleOrDefaultAsync(identity, cancellationToken)
            ?? throw new InvalidOperationException($"The created {typeof(T).Name} is not selected by its own identity ({identity}).");
    }

    /// <summary>The same in a unit of work of its own; the row is not tracked.</summary>
    public static async Task<T> GetOrCreateAsync<T>(
        this IPackitDbFactory databases, Expression<Func<T, bool>> identity, Func<T> create, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(databases);
        await using var db = databases.Create();
        return await db.GetOrCreateAsync(identity, create, cancellationToken);
    }

    /// <summary>Inserts a row unless a unique constraint of its table is taken.</summary>
    /// <returns>Whether this call inserted it.</returns>
    public static async Task<bool> InsertIfAbsentAsync<T>(this PackitDb db, T row, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} has no table.", nameof(row));
        var columns = entity.GetProperties().Where(column => !IsGenerated(column, row)).ToArray();
        var sql = db.GetService<ISqlGenerationHelper>();

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var column in columns)
            {
                var parameter = column.GetRelationalTypeMapping()
                    .CreateParameter(command, "@" + column.GetColumnName(), column.GetGetter().GetClrValue(row), column.IsNullable);
                command.Parameters.Add(parameter);
            }

            // Names come from the model, values are parameters.
#pragma warning disable CA2100
            command.CommandText =
                $"INSERT INTO {sql.DelimitIdentifier(entity.GetTableName()!)} ({string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.GetColumnName())))}) " +
                $"VALUES ({string.Join(", ", columns.Select(column => "@" + column.GetColumnName()))}) ON CONFLICT DO NOTHING";
#pragma warning restore CA2100
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static bool IsGenerated(IProperty column, object row) =>
        column.ValueGenerated == ValueGenerated.OnAdd && Equals(column.GetGetter().GetClrValue(row), column.Sentinel);
}
