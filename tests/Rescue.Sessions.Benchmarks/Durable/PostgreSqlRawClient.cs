using Npgsql;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>One connection to PostgreSQL with a prepared batch: one round trip, which the server makes one transaction.</summary>
internal sealed class PostgreSqlRawClient : IRawClient
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch batch;

    private PostgreSqlRawClient(NpgsqlConnection connection, NpgsqlBatch batch)
    {
        this.connection = connection;
        this.batch = batch;
    }

    public static async Task<IRawClient> PrepareAsync(NpgsqlConnection connection, IReadOnlyList<RawStatement> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var value in statement.Values)
                command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }

        await batch.PrepareAsync();
        return new PostgreSqlRawClient(connection, batch);
    }

    public async ValueTask ExecuteAsync(IReadOnlyList<RawStatement> statements)
    {
        for (var number = 0; number < statements.Count; number++)
        {
            var values = statements[number].Values;
            for (var i = 0; i < values.Length; i++)
                batch.BatchCommands[number].Parameters[i].Value = values[i];
        }

        var written = await batch.ExecuteNonQueryAsync();
        if (written != statements.Count)
            throw new InvalidOperationException($"{written} of {statements.Count} rows were written.");
    }

    public void Dispose()
    {
        batch.Dispose();
        connection.Dispose();
    }
}
