using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Packit.Automation.Storage;

// For `dotnet ef` only, which never opens these databases. A migration is needed for both providers:
//   export PACKIT_MIGRATIONS=true     (makes the project file take in the design-time packages)
//   dotnet restore src/Packit.Automation
//   dotnet ef migrations add NAME --project src/Packit.Automation --context PostgresDb --output-dir Storage/Migrations/PostgreSql
//   dotnet ef migrations add NAME --project src/Packit.Automation --context SqliteDb --output-dir Storage/Migrations/Sqlite
// and a plain `dotnet restore` afterwards. A test fails as long as model and migrations differ.
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=design-time").Options);
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=design-time.db").Options);
}
