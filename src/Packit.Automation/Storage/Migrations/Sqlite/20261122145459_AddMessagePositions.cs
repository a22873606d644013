using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Packit.Automation.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddMessagePositions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "message_positions",
                columns: table => new
                {
                    listener = table.Column<string>(type: "TEXT", nullable: false),
                    complete_until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_positions", x => x.listener);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_positions");
        }
    }
}
