using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class References : Migration
    {
        private const string Index = "IX_rescue_session_reference";
        private const string Reference = @"left(split_part(search_text, E'\n', 2), 256)";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What the sessions of a ticket are asked for by (SearchSql). Most products' sessions have a reference; those without are not in it.
            migrationBuilder.CreateIndexConcurrently(
                Index, $"rescue_session (tenant, {Reference}, id) WHERE {Reference} <> ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndexConcurrently(Index);
        }
    }
}
