using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class Scale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_belongs_to",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_customer",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_outbox_available_at",
                table: "rescue_outbox");

            migrationBuilder.DropIndex(
                name: "IX_rescue_code_live",
                table: "rescue_code");

            migrationBuilder.AddColumn<byte[]>(
                name: "instance",
                table: "rescue_code",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "offered_to",
                table: "rescue_session",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "rescue_presence",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "seen_at",
                table: "rescue_presence",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "rescue_request",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    session_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    repeated_until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_request", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "rescue_heartbeat",
                columns: table => new
                {
                    session_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_heartbeat", x => x.session_id);
                    table.ForeignKey(
                        name: "FK_rescue_heartbeat_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rescue_lease",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    held_until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_lease", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "rescue_subscription",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    held_until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_subscription", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "rescue_held_event",
                columns: table => new
                {
                    subscription = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    session_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    held_since = table.Column<long>(type: "INTEGER", nullable: false),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_held_event", x => new { x.subscription, x.sequence });
                    table.ForeignKey(
                        name: "FK_rescue_held_event_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rescue_webhook_delivery",
                columns: table => new
                {
                    webhook = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    session_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    attempted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    status_code = table.Column<int>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_webhook_delivery", x => new { x.webhook, x.sequence });
                    table.ForeignKey(
                        name: "FK_rescue_webhook_delivery_rescue_session_session_id",
                        column: x => x.session_id,
                        principalTable: "rescue_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_webhook_delivery_finished_at",
                table: "rescue_webhook_delivery",
                column: "finished_at",
                filter: "finished_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_webhook_delivery_session_id_webhook_sequence",
                table: "rescue_webhook_delivery",
                columns: new[] { "session_id", "webhook", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_webhook_delivery_webhook_due_at_sequence",
                table: "rescue_webhook_delivery",
                columns: new[] { "webhook", "due_at", "sequence" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_held_event_session_id",
                table: "rescue_held_event",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_held_event_waiting",
                table: "rescue_held_event",
                columns: new[] { "subscription", "sequence" },
                filter: "retry_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_belongs_to_id",
                table: "rescue_session",
                columns: new[] { "tenant", "belongs_to", "id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_presence_tenant_seen_at",
                table: "rescue_presence",
                columns: new[] { "tenant", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_presence_seen_at",
                table: "rescue_presence",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_request_repeated_until",
                table: "rescue_request",
                column: "repeated_until");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_belongs_to_ended",
                table: "rescue_session",
                columns: new[] { "tenant", "belongs_to", "id" },
                filter: "ended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_offered_to_id",
                table: "rescue_session",
                columns: new[] { "tenant", "offered_to", "id" },
                filter: "offered_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_customer_id",
                table: "rescue_session",
                columns: new[] { "tenant", "customer", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_recipient_id",
                table: "rescue_session",
                columns: new[] { "tenant", "recipient", "id" },
                filter: "recipient IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_status_id",
                table: "rescue_session",
                columns: new[] { "tenant", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_available_at_position",
                table: "rescue_outbox",
                columns: new[] { "available_at", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_due_at",
                table: "rescue_outbox",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_code_live_pin",
                table: "rescue_code",
                column: "hash",
                unique: true,
                filter: "kind = 'pin' AND live = 1");

            // A rowid of a table whose key is none may change in VACUUM, so the text's number is kept.
            migrationBuilder.Sql(
                """
                CREATE TABLE rescue_search_key (number INTEGER PRIMARY KEY, session_id BLOB NOT NULL UNIQUE, tenant TEXT NOT NULL);
                CREATE VIEW rescue_search_text AS
                    SELECT k.number, s.search_text FROM rescue_search_key k JOIN rescue_session s ON s.id = k.session_id;
                CREATE VIRTUAL TABLE rescue_search USING fts5(
                    search_text, content = 'rescue_search_text', content_rowid = 'number', tokenize = 'trigram case_sensitive 1');
                INSERT INTO rescue_search (rescue_search, rank) VALUES ('secure-delete', 1);
                INSERT INTO rescue_search_key (session_id, tenant) SELECT id, tenant FROM rescue_session ORDER BY id;
                INSERT INTO rescue_search (rescue_search) VALUES ('rebuild');
                CREATE TRIGGER rescue_search_insert AFTER INSERT ON rescue_session BEGIN
                    INSERT INTO rescue_search_key (session_id, tenant) VALUES (new.id, new.tenant);
                    INSERT INTO rescue_search (rowid, search_text)
                        SELECT number, new.search_text FROM rescue_search_key WHERE session_id = new.id;
                END;
                CREATE TRIGGER rescue_search_update AFTER UPDATE OF search_text ON rescue_session BEGIN
                    INSERT INTO rescue_search (rescue_search, rowid, search_text)
                        SELECT 'delete', number, old.search_text FROM rescue_search_key WHERE session_id = old.id;
                    INSERT INTO rescue_search (rowid, search_text)
                        SELECT number, new.search_text FROM rescue_search_key WHERE session_id = new.id;
                END;
                CREATE TRIGGER rescue_search_delete AFTER DELETE ON rescue_session BEGIN
                    INSERT INTO rescue_search (rescue_search, rowid, search_text)
                        SELECT 'delete', number, old.search_text FROM rescue_search_key WHERE session_id = old.id;
                    DELETE FROM rescue_search_key WHERE session_id = old.id;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER rescue_search_insert;
                DROP TRIGGER rescue_search_update;
                DROP TRIGGER rescue_search_delete;
                DROP TABLE rescue_search;
                DROP VIEW rescue_search_text;
                DROP TABLE rescue_search_key;
                """);

            migrationBuilder.DropTable(
                name: "rescue_heartbeat");

            migrationBuilder.DropTable(
                name: "rescue_lease");

            migrationBuilder.DropTable(
                name: "rescue_held_event");

            migrationBuilder.DropTable(
                name: "rescue_subscription");

            migrationBuilder.DropTable(
                name: "rescue_webhook_delivery");

            migrationBuilder.DropTable(
                name: "rescue_request");

            migrationBuilder.DropIndex(
                name: "IX_rescue_presence_tenant_seen_at",
                table: "rescue_presence");

            migrationBuilder.DropIndex(
                name: "IX_rescue_presence_seen_at",
                table: "rescue_presence");

            migrationBuilder.DropColumn(
                name: "name",
                table: "rescue_presence");

            migrationBuilder.DropColumn(
                name: "seen_at",
                table: "rescue_presence");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_belongs_to_id",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_belongs_to_ended",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_offered_to_id",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_customer_id",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_recipient_id",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_session_tenant_status_id",
                table: "rescue_session");

            migrationBuilder.DropIndex(
                name: "IX_rescue_outbox_available_at_position",
                table: "rescue_outbox");

            migrationBuilder.DropIndex(
                name: "IX_rescue_outbox_due_at",
                table: "rescue_outbox");

            migrationBuilder.DropIndex(
                name: "IX_rescue_code_live_pin",
                table: "rescue_code");

            migrationBuilder.DropColumn(
                name: "instance",
                table: "rescue_code");

            migrationBuilder.DropColumn(
                name: "offered_to",
                table: "rescue_session");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_belongs_to",
                table: "rescue_session",
                columns: new[] { "tenant", "belongs_to" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_session_tenant_customer",
                table: "rescue_session",
                columns: new[] { "tenant", "customer" });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_outbox_available_at",
                table: "rescue_outbox",
                column: "available_at");

            migrationBuilder.CreateIndex(
                name: "IX_rescue_code_live",
                table: "rescue_code",
                columns: new[] { "kind", "hash" },
                unique: true,
                filter: "live = 1");
        }
    }
}
