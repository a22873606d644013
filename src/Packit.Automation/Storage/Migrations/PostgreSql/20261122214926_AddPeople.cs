using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Packit.Automation.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class AddPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_sync_release_runs_delivery_id_view_index",
                table: "sync_release_runs");

            migrationBuilder.DropIndex(
                name: "IX_koji_build_groups_delivery_id_view_index",
                table: "koji_build_groups");

            migrationBuilder.DropIndex(
                name: "IX_job_decisions_delivery_id_position",
                table: "job_decisions");

            migrationBuilder.DropIndex(
                name: "IX_bodhi_update_targets_group_id_branch",
                table: "bodhi_update_targets");

            migrationBuilder.DropIndex(
                name: "IX_bodhi_update_groups_delivery_id_view_index",
                table: "bodhi_update_groups");

            migrationBuilder.AddColumn<int>(
                name: "command_id",
                table: "sync_release_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "away_since",
                table: "sync_release_run_targets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delays",
                table: "sync_release_run_targets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "repository_id",
                table: "pushed_branches",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "refused_delivery_id",
                table: "project_releases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "away_since",
                table: "koji_build_targets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delays",
                table: "koji_build_targets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "command_id",
                table: "koji_build_groups",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "commit",
                table: "job_decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ground",
                table: "job_decisions",
                type: "text",
                nullable: false,
                defaultValue: "other");

            migrationBuilder.AddColumn<string>(
                name: "step",
                table: "job_decisions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "faults",
                table: "inbox_deliveries",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reopened_at",
                table: "inbox_deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "forge_id",
                table: "git_projects",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refusal_told",
                table: "git_projects",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "refusal_told_by",
                table: "git_projects",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "away_since",
                table: "bodhi_update_targets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delays",
                table: "bodhi_update_targets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "command_id",
                table: "bodhi_update_groups",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                table: "allowlist",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "command_id",
                table: "allowlist",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "agreement_asks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    package = table.Column<string>(type: "text", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: false),
                    branch = table.Column<string>(type: "text", nullable: true),
                    pull_request_id = table.Column<int>(type: "integer", nullable: true),
                    checks = table.Column<int>(type: "integer", nullable: false),
                    next_check_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agreement_asks", x => x.id);
                    table.ForeignKey(
                        name: "FK_agreement_asks_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_agreement_asks_sync_release_pull_requests_pull_request_id",
                        column: x => x.pull_request_id,
                        principalTable: "sync_release_pull_requests",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "command_comments",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    thread = table.Column<int>(type: "integer", nullable: false),
                    forge_id = table.Column<long>(type: "bigint", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<long>(type: "bigint", nullable: true),
                    installation_id = table.Column<long>(type: "bigint", nullable: false),
                    answer_id = table.Column<long>(type: "bigint", nullable: true),
                    wanted = table.Column<string>(type: "text", nullable: true),
                    shown = table.Column<string>(type: "text", nullable: true),
                    shown_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    wanted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    not_shown = table.Column<string>(type: "text", nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_command_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_command_comments_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "delivery_subjects",
                columns: table => new
                {
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    project_url = table.Column<string>(type: "text", nullable: false),
                    forge_id = table.Column<long>(type: "bigint", nullable: true),
                    project = table.Column<string>(type: "text", nullable: false),
                    project_key = table.Column<string>(type: "text", nullable: false),
                    is_private = table.Column<bool>(type: "boolean", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_subjects", x => x.delivery_id);
                    table.ForeignKey(
                        name: "FK_delivery_subjects_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "github_installations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    account_login = table.Column<string>(type: "text", nullable: false),
                    account_type = table.Column<string>(type: "text", nullable: false),
                    installation_id = table.Column<long>(type: "bigint", nullable: false),
                    sender_login = table.Column<string>(type: "text", nullable: false),
                    sender_id = table.Column<long>(type: "bigint", nullable: false),
                    installed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    noted = table.Column<int>(type: "integer", nullable: false),
                    suspended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approval_issue = table.Column<int>(type: "integer", nullable: true),
                    asked_sender_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_github_installations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "package_agreements",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    package = table.Column<string>(type: "text", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: false),
                    branch = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    given_by = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    command_id = table.Column<int>(type: "integer", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true),
                    revoked_evidence = table.Column<string>(type: "text", nullable: true),
                    revoked_command_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_package_agreements", x => x.id);
                    table.ForeignKey(
                        name: "FK_package_agreements_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rate_states",
                columns: table => new
                {
                    installation_id = table.Column<long>(type: "bigint", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    limit = table.Column<int>(type: "integer", nullable: false),
                    remaining = table.Column<int>(type: "integer", nullable: false),
                    resets_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    blocked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delayed_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cause = table.Column<string>(type: "text", nullable: true),
                    noted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rate_states", x => new { x.installation_id, x.resource });
                });

            migrationBuilder.CreateTable(
                name: "release_previews",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    command_id = table.Column<int>(type: "integer", nullable: false),
                    @ref = table.Column<string>(name: "ref", type: "text", nullable: true),
                    tag = table.Column<string>(type: "text", nullable: true),
                    package = table.Column<string>(type: "text", nullable: true),
                    pull_request = table.Column<int>(type: "integer", nullable: true),
                    installation_id = table.Column<long>(type: "bigint", nullable: false),
                    commit_sha = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    delays = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_previews", x => x.id);
                    table.ForeignKey(
                        name: "FK_release_previews_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comment_commands",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    comment_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    line = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comment_commands", x => x.id);
                    table.ForeignKey(
                        name: "FK_comment_commands_command_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "command_comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_comment_commands_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_delivery_id_view_index_command_id",
                table: "sync_release_runs",
                columns: new[] { "delivery_id", "view_index", "command_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_delivery_id_view_index_command_id",
                table: "koji_build_groups",
                columns: new[] { "delivery_id", "view_index", "command_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_job_decisions_delivery_id_step_position",
                table: "job_decisions",
                columns: new[] { "delivery_id", "step", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_git_projects_instance_url_forge_id",
                table: "git_projects",
                columns: new[] { "instance_url", "forge_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_group_id_branch_koji_nvrs",
                table: "bodhi_update_targets",
                columns: new[] { "group_id", "branch", "koji_nvrs" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_delivery_id_view_index_command_id",
                table: "bodhi_update_groups",
                columns: new[] { "delivery_id", "view_index", "command_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_agreement_asks_package_project_id",
                table: "agreement_asks",
                columns: new[] { "package", "project_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_agreement_asks_project_id",
                table: "agreement_asks",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "IX_agreement_asks_pull_request_id",
                table: "agreement_asks",
                column: "pull_request_id");

            migrationBuilder.CreateIndex(
                name: "IX_command_comments_author_id_seen_at",
                table: "command_comments",
                columns: new[] { "author_id", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "IX_command_comments_project_id_forge_id",
                table: "command_comments",
                columns: new[] { "project_id", "forge_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comment_commands_comment_id_position",
                table: "comment_commands",
                columns: new[] { "comment_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comment_commands_delivery_id",
                table: "comment_commands",
                column: "delivery_id");

            migrationBuilder.CreateIndex(
                name: "IX_comment_commands_state",
                table: "comment_commands",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_subjects_project_key_delivery_id",
                table: "delivery_subjects",
                columns: new[] { "project_key", "delivery_id" });

            migrationBuilder.CreateIndex(
                name: "IX_github_installations_account_id",
                table: "github_installations",
                column: "account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_github_installations_installation_id",
                table: "github_installations",
                column: "installation_id");

            migrationBuilder.CreateIndex(
                name: "IX_package_agreements_package_project_id",
                table: "package_agreements",
                columns: new[] { "package", "project_id" });

            migrationBuilder.CreateIndex(
                name: "IX_package_agreements_project_id",
                table: "package_agreements",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_package_agreements_valid",
                table: "package_agreements",
                columns: new[] { "package", "project_id", "repository_id", "owner_id", "branch", "kind" },
                unique: true,
                filter: "revoked_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_release_previews_command_id",
                table: "release_previews",
                column: "command_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_release_previews_project_id",
                table: "release_previews",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "IX_release_previews_state",
                table: "release_previews",
                column: "state");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agreement_asks");

            migrationBuilder.DropTable(
                name: "comment_commands");

            migrationBuilder.DropTable(
                name: "delivery_subjects");

            migrationBuilder.DropTable(
                name: "github_installations");

            migrationBuilder.DropTable(
                name: "package_agreements");

            migrationBuilder.DropTable(
                name: "rate_states");

            migrationBuilder.DropTable(
                name: "release_previews");

            migrationBuilder.DropTable(
                name: "command_comments");

            migrationBuilder.DropIndex(
                name: "IX_sync_release_runs_delivery_id_view_index_command_id",
                table: "sync_release_runs");

            migrationBuilder.DropIndex(
                name: "IX_koji_build_groups_delivery_id_view_index_command_id",
                table: "koji_build_groups");

            migrationBuilder.DropIndex(
                name: "IX_job_decisions_delivery_id_step_position",
                table: "job_decisions");

            migrationBuilder.DropIndex(
                name: "IX_git_projects_instance_url_forge_id",
                table: "git_projects");

            migrationBuilder.DropIndex(
                name: "IX_bodhi_update_targets_group_id_branch_koji_nvrs",
                table: "bodhi_update_targets");

            migrationBuilder.DropIndex(
                name: "IX_bodhi_update_groups_delivery_id_view_index_command_id",
                table: "bodhi_update_groups");

            migrationBuilder.DropColumn(
                name: "command_id",
                table: "sync_release_runs");

            migrationBuilder.DropColumn(
                name: "away_since",
                table: "sync_release_run_targets");

            migrationBuilder.DropColumn(
                name: "delays",
                table: "sync_release_run_targets");

            migrationBuilder.DropColumn(
                name: "repository_id",
                table: "pushed_branches");

            migrationBuilder.DropColumn(
                name: "refused_delivery_id",
                table: "project_releases");

            migrationBuilder.DropColumn(
                name: "away_since",
                table: "koji_build_targets");

            migrationBuilder.DropColumn(
                name: "delays",
                table: "koji_build_targets");

            migrationBuilder.DropColumn(
                name: "command_id",
                table: "koji_build_groups");

            migrationBuilder.DropColumn(
                name: "commit",
                table: "job_decisions");

            migrationBuilder.DropColumn(
                name: "ground",
                table: "job_decisions");

            migrationBuilder.DropColumn(
                name: "step",
                table: "job_decisions");

            migrationBuilder.DropColumn(
                name: "faults",
                table: "inbox_deliveries");

            migrationBuilder.DropColumn(
                name: "reopened_at",
                table: "inbox_deliveries");

            migrationBuilder.DropColumn(
                name: "forge_id",
                table: "git_projects");

            migrationBuilder.DropColumn(
                name: "refusal_told",
                table: "git_projects");

            migrationBuilder.DropColumn(
                name: "refusal_told_by",
                table: "git_projects");

            migrationBuilder.DropColumn(
                name: "away_since",
                table: "bodhi_update_targets");

            migrationBuilder.DropColumn(
                name: "delays",
                table: "bodhi_update_targets");

            migrationBuilder.DropColumn(
                name: "command_id",
                table: "bodhi_update_groups");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "allowlist");

            migrationBuilder.DropColumn(
                name: "command_id",
                table: "allowlist");

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_delivery_id_view_index",
                table: "sync_release_runs",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_delivery_id_view_index",
                table: "koji_build_groups",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_job_decisions_delivery_id_position",
                table: "job_decisions",
                columns: new[] { "delivery_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_group_id_branch",
                table: "bodhi_update_targets",
                columns: new[] { "group_id", "branch" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_delivery_id_view_index",
                table: "bodhi_update_groups",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);
        }
    }
}
