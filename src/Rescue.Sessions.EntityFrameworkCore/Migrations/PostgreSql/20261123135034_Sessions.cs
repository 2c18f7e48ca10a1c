using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Sessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "rescue_presence",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "text", nullable: false),
                    technician = table.Column<string>(type: "text", nullable: false),
                    presence = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_presence", x => new { x.tenant, x.technician });
                });

            migrationBuilder.CreateTable(
                name: "rescue_session",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", nullable: false),
                    tenant = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: true),
                    belongs_to = table.Column<string>(type: "text", nullable: false),
                    held_by = table.Column<string>(type: "text", nullable: true),
                    customer = table.Column<string>(type: "text", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    deadline_at = table.Column<long>(type: "bigint", nullable: true),
                    alarm_at = table.Column<long>(type: "bigint", nullable: true),
                    last_seen_at = table.Column<long>(type: "bigint", nullable: true),
                    silent_at = table.Column<long>(type: "bigint", nullable: true),
                    code_live_until = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    applet_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rescue_code",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    session_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    live = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_code", x => new { x.kind, x.hash, x.session_id });
                    table.ForeignKey(
                        name: "FK_rescue_code_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rescue_event",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    session_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    tenant = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_event", x => x.sequence);
                    table.ForeignKey(
                        name: "FK_rescue_event_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rescue_outbox",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<byte[]>(type: "bytea", nullable: true),
                    session_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    available_at = table.Column<long>(type: "bigint", nullable: false),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    begun = table.Column<int>(type: "integer", nullable: false),
                    uncertain = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_outbox", x => x.position);
                    table.ForeignKey(
                        name: "FK_rescue_outbox_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_code_live",
                table: "rescue_code",
                columns: new[] { "kind", "hash" },
                unique: true,
                filter: "live = 1");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_code_session_id",
                table: "rescue_code",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_event_session_id_sequence",
                table: "rescue_event",
                columns: new[] { "session_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_event_tenant_sequence",
                table: "rescue_event",
                columns: new[] { "tenant", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_available_at",
                table: "rescue_outbox",
                column: "available_at");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_id",
                table: "rescue_outbox",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_session_id_position",
                table: "rescue_outbox",
                columns: new[] { "session_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_alarm_at",
                table: "rescue_session",
                column: "alarm_at",
                filter: "alarm_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_deadline_at",
                table: "rescue_session",
                column: "deadline_at",
                filter: "deadline_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_ended_at",
                table: "rescue_session",
                column: "ended_at",
                filter: "ended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_silent_at",
                table: "rescue_session",
                column: "silent_at",
                filter: "silent_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_belongs_to",
                table: "rescue_session",
                columns: new[] { "tenant", "belongs_to" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_created_by_idempotency_key",
                table: "rescue_session",
                columns: new[] { "tenant", "created_by", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_customer",
                table: "rescue_session",
                columns: new[] { "tenant", "customer" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_held_by",
                table: "rescue_session",
                columns: new[] { "tenant", "held_by" },
                filter: "held_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_id",
                table: "rescue_session",
                columns: new[] { "tenant", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rescue_code");

            migrationBuilder.DropTable(
                name: "rescue_event");

            migrationBuilder.DropTable(
                name: "rescue_outbox");

            migrationBuilder.DropTable(
                name: "rescue_presence");

            migrationBuilder.DropTable(
                name: "rescue_session");
        }
    }
}
