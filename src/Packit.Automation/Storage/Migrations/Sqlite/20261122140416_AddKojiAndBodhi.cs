using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Packit.Automation.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddKojiAndBodhi : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_project_events_project_releases_release_id",
                table: "project_events");

            migrationBuilder.AddColumn<long>(
                name: "closed_at",
                table: "sync_release_pull_requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "merged_commit",
                table: "sync_release_pull_requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "sync_release_pull_requests",
                type: "TEXT",
                nullable: false,
                defaultValue: "open");

            migrationBuilder.AlterColumn<int>(
                name: "release_id",
                table: "project_events",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<string>(
                name: "branch",
                table: "project_events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "build_id",
                table: "project_events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "commit_sha",
                table: "project_events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "pr_id",
                table: "project_events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "project_id",
                table: "project_events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "type",
                table: "project_events",
                type: "TEXT",
                nullable: false,
                defaultValue: "release");

            migrationBuilder.CreateTable(
                name: "bodhi_update_groups",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    project_event_id = table.Column<int>(type: "INTEGER", nullable: false),
                    delivery_id = table.Column<long>(type: "INTEGER", nullable: false),
                    project_id = table.Column<int>(type: "INTEGER", nullable: false),
                    package_name = table.Column<string>(type: "TEXT", nullable: false),
                    downstream_package = table.Column<string>(type: "TEXT", nullable: false),
                    view_index = table.Column<int>(type: "INTEGER", nullable: false),
                    config_id = table.Column<int>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", nullable: true),
                    submitted_time = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bodhi_update_groups", x => x.id);
                    table.ForeignKey(
                        name: "FK_bodhi_update_groups_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_bodhi_update_groups_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_bodhi_update_groups_package_configs_config_id",
                        column: x => x.config_id,
                        principalTable: "package_configs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_bodhi_update_groups_project_events_project_event_id",
                        column: x => x.project_event_id,
                        principalTable: "project_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "koji_build_groups",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    project_event_id = table.Column<int>(type: "INTEGER", nullable: false),
                    delivery_id = table.Column<long>(type: "INTEGER", nullable: false),
                    project_id = table.Column<int>(type: "INTEGER", nullable: false),
                    package_name = table.Column<string>(type: "TEXT", nullable: false),
                    downstream_package = table.Column<string>(type: "TEXT", nullable: false),
                    view_index = table.Column<int>(type: "INTEGER", nullable: false),
                    config_id = table.Column<int>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", nullable: true),
                    pull_request_id = table.Column<int>(type: "INTEGER", nullable: true),
                    submitted_time = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_koji_build_groups", x => x.id);
                    table.ForeignKey(
                        name: "FK_koji_build_groups_git_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "git_projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_koji_build_groups_inbox_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "inbox_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_koji_build_groups_package_configs_config_id",
                        column: x => x.config_id,
                        principalTable: "package_configs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_koji_build_groups_project_events_project_event_id",
                        column: x => x.project_event_id,
                        principalTable: "project_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_koji_build_groups_sync_release_pull_requests_pull_request_id",
                        column: x => x.pull_request_id,
                        principalTable: "sync_release_pull_requests",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "nvr_claims",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    nvr = table.Column<string>(type: "TEXT", nullable: false),
                    target_id = table.Column<int>(type: "INTEGER", nullable: false),
                    claimed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nvr_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "koji_build_targets",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    group_id = table.Column<int>(type: "INTEGER", nullable: false),
                    branch = table.Column<string>(type: "TEXT", nullable: false),
                    build_target = table.Column<string>(type: "TEXT", nullable: false),
                    commit_sha = table.Column<string>(type: "TEXT", nullable: false),
                    scratch = table.Column<bool>(type: "INTEGER", nullable: false),
                    nvr = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    intended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    task_id = table.Column<long>(type: "INTEGER", nullable: true),
                    build_id = table.Column<long>(type: "INTEGER", nullable: true),
                    web_url = table.Column<string>(type: "TEXT", nullable: true),
                    build_logs = table.Column<string>(type: "TEXT", nullable: true),
                    submitted_time = table.Column<long>(type: "INTEGER", nullable: false),
                    build_start_time = table.Column<long>(type: "INTEGER", nullable: true),
                    build_finished_time = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_time = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    retries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    next_check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    checks = table.Column<int>(type: "INTEGER", nullable: false),
                    failure_kind = table.Column<string>(type: "TEXT", nullable: true),
                    failure_code = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    failed_task_id = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_arch = table.Column<string>(type: "TEXT", nullable: true),
                    failed_log = table.Column<string>(type: "TEXT", nullable: true),
                    log_tail = table.Column<string>(type: "TEXT", nullable: true),
                    reported = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_koji_build_targets", x => x.id);
                    table.ForeignKey(
                        name: "FK_koji_build_targets_koji_build_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "koji_build_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bodhi_update_targets",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    group_id = table.Column<int>(type: "INTEGER", nullable: false),
                    branch = table.Column<string>(type: "TEXT", nullable: false),
                    koji_nvrs = table.Column<string>(type: "TEXT", nullable: false),
                    side_tag = table.Column<string>(type: "TEXT", nullable: true),
                    candidate_tag = table.Column<string>(type: "TEXT", nullable: true),
                    tagged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    build_target_id = table.Column<int>(type: "INTEGER", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    intended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    alias = table.Column<string>(type: "TEXT", nullable: true),
                    web_url = table.Column<string>(type: "TEXT", nullable: true),
                    update_creation_time = table.Column<long>(type: "INTEGER", nullable: true),
                    update_state = table.Column<string>(type: "TEXT", nullable: true),
                    update_request = table.Column<string>(type: "TEXT", nullable: true),
                    karma = table.Column<int>(type: "INTEGER", nullable: true),
                    gating = table.Column<string>(type: "TEXT", nullable: true),
                    testing_time = table.Column<long>(type: "INTEGER", nullable: true),
                    stable_time = table.Column<long>(type: "INTEGER", nullable: true),
                    submitted_time = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_time = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    retries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    next_check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    checks = table.Column<int>(type: "INTEGER", nullable: false),
                    failure_kind = table.Column<string>(type: "TEXT", nullable: true),
                    failure_code = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    reported = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bodhi_update_targets", x => x.id);
                    table.ForeignKey(
                        name: "FK_bodhi_update_targets_bodhi_update_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "bodhi_update_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_bodhi_update_targets_koji_build_targets_build_target_id",
                        column: x => x.build_target_id,
                        principalTable: "koji_build_targets",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_project_events_branch_push",
                table: "project_events",
                columns: new[] { "project_id", "branch", "commit_sha" },
                unique: true,
                filter: "type = 'branch_push'");

            migrationBuilder.CreateIndex(
                name: "ix_project_events_koji_build",
                table: "project_events",
                column: "build_id",
                unique: true,
                filter: "type = 'koji_build'");

            migrationBuilder.CreateIndex(
                name: "ix_project_events_pull_request",
                table: "project_events",
                columns: new[] { "project_id", "pr_id", "commit_sha" },
                unique: true,
                filter: "type = 'pull_request'");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_config_id",
                table: "bodhi_update_groups",
                column: "config_id");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_delivery_id_view_index",
                table: "bodhi_update_groups",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_project_event_id",
                table: "bodhi_update_groups",
                column: "project_event_id");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_groups_project_id",
                table: "bodhi_update_groups",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_alias",
                table: "bodhi_update_targets",
                column: "alias");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_build_target_id",
                table: "bodhi_update_targets",
                column: "build_target_id");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_group_id_branch",
                table: "bodhi_update_targets",
                columns: new[] { "group_id", "branch" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_koji_nvrs",
                table: "bodhi_update_targets",
                column: "koji_nvrs");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_next_check_at",
                table: "bodhi_update_targets",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_bodhi_update_targets_status_next_attempt_at",
                table: "bodhi_update_targets",
                columns: new[] { "status", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_config_id",
                table: "koji_build_groups",
                column: "config_id");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_delivery_id_view_index",
                table: "koji_build_groups",
                columns: new[] { "delivery_id", "view_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_project_event_id",
                table: "koji_build_groups",
                column: "project_event_id");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_project_id",
                table: "koji_build_groups",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_groups_pull_request_id",
                table: "koji_build_groups",
                column: "pull_request_id");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_targets_group_id_branch",
                table: "koji_build_targets",
                columns: new[] { "group_id", "branch" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_targets_next_check_at",
                table: "koji_build_targets",
                column: "next_check_at",
                filter: "status IN ('pending', 'running')");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_targets_nvr",
                table: "koji_build_targets",
                column: "nvr");

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_targets_status_next_attempt_at",
                table: "koji_build_targets",
                columns: new[] { "status", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_koji_build_targets_task_id",
                table: "koji_build_targets",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "IX_nvr_claims_kind_nvr",
                table: "nvr_claims",
                columns: new[] { "kind", "nvr" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_nvr_claims_kind_target_id",
                table: "nvr_claims",
                columns: new[] { "kind", "target_id" });

            migrationBuilder.AddForeignKey(
                name: "FK_project_events_git_projects_project_id",
                table: "project_events",
                column: "project_id",
                principalTable: "git_projects",
                principalColumn: "id");

            migrationBuilder.AddForeignKey(
                name: "FK_project_events_project_releases_release_id",
                table: "project_events",
                column: "release_id",
                principalTable: "project_releases",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_project_events_git_projects_project_id",
                table: "project_events");

            migrationBuilder.DropForeignKey(
                name: "FK_project_events_project_releases_release_id",
                table: "project_events");

            migrationBuilder.DropTable(
                name: "bodhi_update_targets");

            migrationBuilder.DropTable(
                name: "nvr_claims");

            migrationBuilder.DropTable(
                name: "bodhi_update_groups");

            migrationBuilder.DropTable(
                name: "koji_build_targets");

            migrationBuilder.DropTable(
                name: "koji_build_groups");

            migrationBuilder.DropIndex(
                name: "ix_project_events_branch_push",
                table: "project_events");

            migrationBuilder.DropIndex(
                name: "ix_project_events_koji_build",
                table: "project_events");

            migrationBuilder.DropIndex(
                name: "ix_project_events_pull_request",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "sync_release_pull_requests");

            migrationBuilder.DropColumn(
                name: "merged_commit",
                table: "sync_release_pull_requests");

            migrationBuilder.DropColumn(
                name: "state",
                table: "sync_release_pull_requests");

            migrationBuilder.DropColumn(
                name: "branch",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "build_id",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "commit_sha",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "pr_id",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "project_id",
                table: "project_events");

            migrationBuilder.DropColumn(
                name: "type",
                table: "project_events");

            migrationBuilder.AlterColumn<int>(
                name: "release_id",
                table: "project_events",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AddForeignKey(
                name: "FK_project_events_project_releases_release_id",
                table: "project_events",
                column: "release_id",
                principalTable: "project_releases",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
