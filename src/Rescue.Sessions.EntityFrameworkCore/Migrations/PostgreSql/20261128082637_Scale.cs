using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Scale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Each step can be repeated, for a process may be killed between two: indexes are built outside of a transaction, so that nobody waits for them.
            // What changes is locked before the new tables refer to it: whoever reads a session in order to change it would wait for us, and we for them. Behind a long
            // transaction we stand aside soon, for those who come later wait behind us.
            migrationBuilder.Sql(
                """
                SET LOCAL lock_timeout = '2s';
                LOCK TABLE rescue_session, rescue_code, rescue_presence IN ACCESS EXCLUSIVE MODE;
                CREATE TABLE IF NOT EXISTS rescue_heartbeat (
                    session_id bytea NOT NULL,
                    seen_at bigint NOT NULL,
                    CONSTRAINT "PK_rescue_heartbeat" PRIMARY KEY (session_id),
                    CONSTRAINT "FK_rescue_heartbeat_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session (id) ON DELETE CASCADE
                ) WITH (fillfactor = 50);
                CREATE TABLE IF NOT EXISTS rescue_lease (
                    name text NOT NULL,
                    holder text NOT NULL,
                    held_until bigint NOT NULL,
                    CONSTRAINT "PK_rescue_lease" PRIMARY KEY (name)
                );
                ALTER TABLE rescue_code ADD COLUMN IF NOT EXISTS instance bytea;
                ALTER TABLE rescue_session ADD COLUMN IF NOT EXISTS offered_to text;
                ALTER TABLE rescue_presence ADD COLUMN IF NOT EXISTS name text;
                ALTER TABLE rescue_presence ADD COLUMN IF NOT EXISTS seen_at bigint;
                CREATE TABLE IF NOT EXISTS rescue_request (
                    hash bytea NOT NULL,
                    session_id bytea NOT NULL,
                    repeated_until bigint NOT NULL,
                    CONSTRAINT "PK_rescue_request" PRIMARY KEY (hash)
                );
                CREATE TABLE IF NOT EXISTS rescue_subscription (
                    name text NOT NULL,
                    position bigint NOT NULL,
                    fence bigint NOT NULL,
                    holder text NOT NULL,
                    held_until bigint NOT NULL,
                    CONSTRAINT "PK_rescue_subscription" PRIMARY KEY (name)
                ) WITH (fillfactor = 50);
                CREATE TABLE IF NOT EXISTS rescue_held_event (
                    subscription text NOT NULL,
                    sequence bigint NOT NULL,
                    session_id bytea NOT NULL,
                    tenant text NOT NULL,
                    attempts integer NOT NULL,
                    held_since bigint NOT NULL,
                    retry_at bigint,
                    problem text,
                    CONSTRAINT "PK_rescue_held_event" PRIMARY KEY (subscription, sequence),
                    CONSTRAINT "FK_rescue_held_event_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session (id) ON DELETE CASCADE
                );
                CREATE INDEX IF NOT EXISTS "IX_rescue_held_event_session_id" ON rescue_held_event (session_id);
                CREATE INDEX IF NOT EXISTS "IX_rescue_held_event_waiting" ON rescue_held_event (subscription, sequence) WHERE retry_at IS NOT NULL;
                CREATE TABLE IF NOT EXISTS rescue_webhook_delivery (
                    webhook text NOT NULL,
                    sequence bigint NOT NULL,
                    session_id bytea NOT NULL,
                    tenant text NOT NULL,
                    type text NOT NULL,
                    body text NOT NULL,
                    created_at bigint NOT NULL,
                    due_at bigint,
                    fence bigint NOT NULL,
                    attempts integer NOT NULL,
                    attempted_at bigint,
                    status_code integer,
                    problem text,
                    finished_at bigint,
                    CONSTRAINT "PK_rescue_webhook_delivery" PRIMARY KEY (webhook, sequence),
                    CONSTRAINT "FK_rescue_webhook_delivery_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session (id) ON DELETE CASCADE
                );
                CREATE INDEX IF NOT EXISTS "IX_rescue_webhook_delivery_finished_at" ON rescue_webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;
                CREATE INDEX IF NOT EXISTS "IX_rescue_webhook_delivery_session_id_webhook_sequence" ON rescue_webhook_delivery (session_id, webhook, sequence);
                CREATE INDEX IF NOT EXISTS "IX_rescue_webhook_delivery_webhook_due_at_sequence" ON rescue_webhook_delivery (webhook, due_at, sequence) WHERE due_at IS NOT NULL;
                """);
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_belongs_to_id", "rescue_session (tenant, belongs_to, id) WHERE ended_at IS NULL");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_presence_tenant_seen_at", "rescue_presence (tenant, seen_at)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_presence_seen_at", "rescue_presence (seen_at)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_request_repeated_until", "rescue_request (repeated_until)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_belongs_to_ended", "rescue_session (tenant, belongs_to, id) WHERE ended_at IS NOT NULL");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_offered_to_id", "rescue_session (tenant, offered_to, id) WHERE offered_to IS NOT NULL");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_customer_id", "rescue_session (tenant, customer, id)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_recipient_id", "rescue_session (tenant, recipient, id) WHERE recipient IS NOT NULL");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_session_tenant_status_id", "rescue_session (tenant, status, id)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_outbox_available_at_position", "rescue_outbox (available_at, position)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_outbox_due_at", "rescue_outbox (due_at)");
            migrationBuilder.CreateIndexConcurrently("IX_rescue_code_live_pin", "rescue_code (hash) WHERE kind = 'pin' AND live = 1", unique: true);
            migrationBuilder.DropIndexConcurrently("IX_rescue_session_tenant_belongs_to");
            migrationBuilder.DropIndexConcurrently("IX_rescue_session_tenant_customer");
            migrationBuilder.DropIndexConcurrently("IX_rescue_outbox_available_at");
            migrationBuilder.DropIndexConcurrently("IX_rescue_code_live");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
