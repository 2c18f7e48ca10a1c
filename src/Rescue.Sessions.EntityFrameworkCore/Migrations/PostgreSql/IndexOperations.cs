using Microsoft.EntityFrameworkCore.Migrations;

namespace Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql;

/// <summary>Indexes that are made and dropped while others read and write. Each can be repeated after it was interrupted.</summary>
internal static class IndexOperations
{
    public static void CreateIndexConcurrently(this MigrationBuilder migration, string name, string on, bool unique = false)
    {
        migration.Sql(DropInvalid(name), suppressTransaction: true);
        migration.Sql(Create(name, on, unique), suppressTransaction: true);
    }

    public static void DropIndexConcurrently(this MigrationBuilder migration, string name) =>
        migration.Sql($"""DROP INDEX CONCURRENTLY IF EXISTS "{name}";""", suppressTransaction: true);

    /// <summary>What was interrupted leaves an index that is kept up and never used.</summary>
    // Behind a long transaction it stands aside soon, for all who come later wait behind it. The limit ends with the statement.
    public static string DropInvalid(string name) =>
        $"""
        DO $$ BEGIN
            PERFORM set_config('lock_timeout', '2s', true);
            IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('"{name}"') AND NOT indisvalid) THEN DROP INDEX "{name}"; END IF;
        END $$;
        """;

    public static string Create(string name, string on, bool unique = false) =>
        $"""CREATE {(unique ? "UNIQUE " : "")}INDEX CONCURRENTLY IF NOT EXISTS "{name}" ON {on};""";
}
