using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class SettingsAndLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "rescue_limit",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    window_number = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    forgotten_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_limit", x => new { x.key, x.window_number });
                });

            migrationBuilder.CreateTable(
                name: "rescue_setting",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true),
                    saved_by_id = table.Column<string>(type: "TEXT", nullable: false),
                    saved_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rescue_setting", x => new { x.tenant, x.name, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "IX_rescue_limit_forgotten_at",
                table: "rescue_limit",
                column: "forgotten_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rescue_limit");

            migrationBuilder.DropTable(
                name: "rescue_setting");
        }
    }
}
