using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Room : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Holds for pages that are filled from here on; nobody waits for it.
            migrationBuilder.Sql(
                """
                ALTER TABLE rescue_session SET (fillfactor = 60);
                ALTER TABLE rescue_outbox SET (fillfactor = 70);
                ALTER TABLE rescue_code SET (fillfactor = 80);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE rescue_session RESET (fillfactor);
                ALTER TABLE rescue_outbox RESET (fillfactor);
                ALTER TABLE rescue_code RESET (fillfactor);
                """);
        }
    }
}
