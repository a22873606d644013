using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Packit.Automation.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "allowlist",
                columns: table => new
                {
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    fas_account = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_allowlist", x => x.@namespace);
                });

            migrationBuilder.CreateTable(
                name: "distribution_releases",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    releases_json = table.Column<string>(type: "text", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_distribution_releases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "git_projects",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instance_url = table.Column<string>(type: "text", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false),
                    repo_name = table.Column<string>(type: "text", nullable: false),
                    project_url = table.Column<string>(type: "text", nullable: false),
                    is_private = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_git_projects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source = table.Column<string>(type: "text", nullable: false),
                    delivery_id = table.Column<string>(type: "text", nullable: false),
                    event_type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
                        .Annotation("Npgsql:Compression:", "lz4"),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<string>(type: "text", nullable: true),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "remote_effects",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_effects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "checks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    head_sha = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    check_run_id = table.Column<long>(type: "bigint", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    wanted = table.Column<string>(type: "text", nullable: false),
                    shown = table.Column<string>(type: "text", nullable: true),
                    wanted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_checks", x => x.id);
                    table.ForeignKey(
                        name: "FK_checks_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "failure_issues",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    issue_number = table.Column<int>(type: "integer", nullable: true),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    commented = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failure_issues", x => x.id);
                    table.ForeignKey(
                        name: "FK_failure_issues_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "package_configs",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    commit_sha = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    top_level_files = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_package_configs", x => x.id);
                    table.ForeignKey(
                        name: "FK_package_configs_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "project_releases",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    tag_name = table.Column<string>(type: "text", nullable: false),
                    commit_hash = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_delivery_id = table.Column<long>(type: "bigint", nullable: true),
                    installation_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_project_releases", x => x.id);
                    table.ForeignKey(
                        name: "FK_project_releases_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pushed_branches",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    branch = table.Column<string>(type: "text", nullable: false),
                    sha = table.Column<string>(type: "text", nullable: true),
                    intended_sha = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    pushed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pushed_branches", x => x.id);
                    table.ForeignKey(
                        name: "FK_pushed_branches_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_release_pull_requests",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    pr_id = table.Column<int>(type: "integer", nullable: false),
                    target_branch = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    is_fast_forward = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_release_pull_requests", x => x.id);
                    table.ForeignKey(
                        name: "FK_sync_release_pull_requests_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "job_decisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    job = table.Column<string>(type: "text", nullable: false),
                    package = table.Column<string>(type: "text", nullable: true),
                    matched = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_decisions", x => x.id);
                    table.ForeignKey(
                        name: "FK_job_decisions_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "project_events",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    release_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_project_events", x => x.id);
                    table.ForeignKey(
                        name: "FK_project_events_project_releases_release_id",
                        column: x => x.release_id,
                        principalTable: "project_releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "release_archives",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    release_id = table.Column<int>(type: "integer", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    sha512 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_archives", x => x.id);
                    table.ForeignKey(
                        name: "FK_release_archives_project_releases_release_id",
                        column: x => x.release_id,
                        principalTable: "project_releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_release_runs",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_event_id = table.Column<int>(type: "integer", nullable: false),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    job_type = table.Column<string>(type: "text", nullable: false),
                    trigger = table.Column<string>(type: "text", nullable: false),
                    package_name = table.Column<string>(type: "text", nullable: false),
                    view_index = table.Column<int>(type: "integer", nullable: false),
                    downstream_package = table.Column<string>(type: "text", nullable: false),
                    identifier = table.Column<string>(type: "text", nullable: true),
                    config_id = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    submitted_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_release_runs", x => x.id);
                    table.ForeignKey(
                        name: "FK_sync_release_runs_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_sync_release_runs_package_configs_config_id",
                        column: x => x.config_id,
                        principalTable: "package_configs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_sync_release_runs_project_events_project_event_id",
                        column: x => x.project_event_id,
                        principalTable: "project_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_release_run_targets",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_id = table.Column<int>(type: "integer", nullable: false),
                    branch = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    submitted_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    start_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    retries = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_owner = table.Column<string>(type: "text", nullable: true),
                    failure_kind = table.Column<string>(type: "text", nullable: true),
                    failure_code = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<string>(type: "text", nullable: true),
                    plan = table.Column<string>(type: "text", nullable: true),
                    commit_sha = table.Column<string>(type: "text", nullable: true),
                    diff = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_release_run_targets", x => x.id);
                    table.ForeignKey(
                        name: "FK_sync_release_run_targets_sync_release_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "sync_release_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_release_target_pull_requests",
                columns: table => new
                {
                    pull_requests_id = table.Column<int>(type: "integer", nullable: false),
                    targets_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sync_release_target_pull_requests", x => new { x.pull_requests_id, x.targets_id });
                    table.ForeignKey(
                        name: "FK_sync_release_target_pull_requests_sync_release_pull_request~",
                        column: x => x.pull_requests_id,
                        principalTable: "sync_release_pull_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_sync_release_target_pull_requests_sync_release_run_targets_~",
                        column: x => x.targets_id,
                        principalTable: "sync_release_run_targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "target_log_lines",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    target_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_log_lines", x => x.id);
                    table.ForeignKey(
                        name: "FK_target_log_lines_sync_release_run_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "sync_release_run_targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_checks_project_id_head_sha_name",
                table: "checks",
                columns: new[] { "project_id", "head_sha", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_failure_issues_project_id_kind_subject",
                table: "failure_issues",
                columns: new[] { "project_id", "kind", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_git_projects_project_url",
                table: "git_projects",
                column: "project_url",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inbox_deliveries_source_delivery_id",
                table: "inbox_deliveries",
                columns: new[] { "source", "delivery_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_deliveries_due",
                table: "inbox_deliveries",
                columns: new[] { "next_attempt_at", "id" },
                filter: "state = 'received'");

            migrationBuilder.CreateIndex(
                name: "IX_job_decisions_delivery_id_position",
                table: "job_decisions",
                columns: new[] { "delivery_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_package_configs_project_id_commit_sha",
                table: "package_configs",
                columns: new[] { "project_id", "commit_sha" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_project_events_release_id",
                table: "project_events",
                column: "release_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_project_releases_project_id_tag_name_commit_hash",
                table: "project_releases",
                columns: new[] { "project_id", "tag_name", "commit_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pushed_branches_project_id_branch",
                table: "pushed_branches",
                columns: new[] { "project_id", "branch" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_release_archives_release_id_url",
                table: "release_archives",
                columns: new[] { "release_id", "url" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_remote_effects_key",
                table: "remote_effects",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_pull_requests_project_id_pr_id",
                table: "sync_release_pull_requests",
                columns: new[] { "project_id", "pr_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_run_targets_run_id_branch",
                table: "sync_release_run_targets",
                columns: new[] { "run_id", "branch" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_run_targets_status_next_attempt_at",
                table: "sync_release_run_targets",
                columns: new[] { "status", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_config_id",
                table: "sync_release_runs",
                column: "config_id");

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_delivery_id_view_index",
                table: "sync_release_runs",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_project_event_id",
                table: "sync_release_runs",
                column: "project_event_id");

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_runs_status",
                table: "sync_release_runs",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_sync_release_target_pull_requests_targets_id",
                table: "sync_release_target_pull_requests",
                column: "targets_id");

            migrationBuilder.CreateIndex(
                name: "IX_target_log_lines_target_id_id",
                table: "target_log_lines",
                columns: new[] { "target_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allowlist");

            migrationBuilder.DropTable(
                name: "checks");

            migrationBuilder.DropTable(
                name: "distribution_releases");

            migrationBuilder.DropTable(
                name: "failure_issues");

            migrationBuilder.DropTable(
                name: "job_decisions");

            migrationBuilder.DropTable(
                name: "pushed_branches");

            migrationBuilder.DropTable(
                name: "release_archives");

            migrationBuilder.DropTable(
                name: "remote_effects");

            migrationBuilder.DropTable(
                name: "sync_release_target_pull_requests");

            migrationBuilder.DropTable(
                name: "target_log_lines");

            migrationBuilder.DropTable(
                name: "sync_release_pull_requests");

            migrationBuilder.DropTable(
                name: "sync_release_run_targets");

            migrationBuilder.DropTable(
                name: "sync_release_runs");

            migrationBuilder.DropTable(
                name: "inbox_deliveries");

            migrationBuilder.DropTable(
                name: "package_configs");

            migrationBuilder.DropTable(
                name: "project_events");

            migrationBuilder.DropTable(
                name: "project_releases");

            migrationBuilder.DropTable(
                name: "git_projects");
        }
    }
}
