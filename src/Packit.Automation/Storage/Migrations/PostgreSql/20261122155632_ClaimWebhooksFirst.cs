using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Packit.Automation.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ClaimWebhooksFirst : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_deliveries_due",
                table: "inbox_deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_deliveries_due",
                table: "inbox_deliveries",
                columns: new[] { "source", "next_attempt_at", "id" },
                descending: new[] { true, false, false },
                filter: "state = 'received'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_deliveries_due",
                table: "inbox_deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_deliveries_due",
                table: "inbox_deliveries",
                columns: new[] { "next_attempt_at", "id" },
                filter: "state = 'received'");
        }
    }
}
