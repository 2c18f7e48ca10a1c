using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

public sealed class TenantErasureTests
{
    private const string Tenant = "Zyxwvut Ltd";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task EraseTenant_LeavesNothingOfItInAnyTable(string name)
    {
        using var engine = Engine.Open(name);
        await using var node = await Node.StartAsync(engine, options => options.Retention.Ended = TimeSpan.Zero);
        var others = new Draft { At = node.Get<TimeProvider>().GetUtcNow() };
        await AddAsync(node, others);
        var before = await DumpAsync(engine);
        await AddAsync(node, others with { Tenant = Tenant });
        (await DumpAsync(engine)).Values.Where(rows => rows.Any(IsOfTheTenant)).Should().HaveCountGreaterThanOrEqualTo(3, "there is something to erase");

        var erasure = await node.Get<PersonalData>().EraseTenantAsync(Tenant, Cancellation);

        erasure.Should().Be(new TenantErasure(4, 0));
        var after = await DumpAsync(engine);
        after.Values.SelectMany(rows => rows).Where(IsOfTheTenant).Should().BeEmpty();
        // Leases are taken anew all the time, and how far the outbox has come is no tenant's.
        foreach (var (table, rows) in before.Where(table => table.Key is not ("rescue_lease" or "rescue_limit")))
            after[table].Should().HaveSameCount(rows, $"{table} has what the other tenant had");
    }

    private static bool IsOfTheTenant(string row) => row.Contains("Zyxwvut", StringComparison.OrdinalIgnoreCase);

    /// <summary>One session that has ended, one that waits, one that is served and one whose mail is not sent, two technicians and two settings.</summary>
    private static async Task AddAsync(Node node, Draft draft)
    {
        var ended = await CreateAsync(draft);
        await ApplyAsync(ended, Changes.Of(SessionTrigger.Close, draft.At.AddSeconds(1)));
        await WaitingAsync();
        await ApplyAsync(await WaitingAsync(), Changes.Start(Draft.Ada, draft.At.AddSeconds(3)));
        await CreateAsync(draft with { Messages = ["mail"], IdempotencyKey = "once" });
        await node.Store.SetPresenceAsync(draft.Tenant, Draft.Ada, TechnicianPresence.Away, draft.At, Cancellation);
        await node.Store.NoteTechnicianAsync(draft.Tenant, new("alan", "Alan of " + draft.Tenant), draft.At, Cancellation);
        foreach (var name in (string[])["a", "a", "b"])
            await node.Get<ISettingsStore>().SaveAsync(new() { Tenant = draft.Tenant, Name = name, Value = "{}", By = Draft.Ada, At = draft.At }, Cancellation);

        async Task<SessionId> WaitingAsync()
        {
            var id = await CreateAsync(draft);
            await ApplyAsync(id, Changes.Join(new(Hashes.New(), Hashes.New()), draft.At.AddSeconds(1)));
            await ApplyAsync(id, Changes.Of(SessionTrigger.Ready, draft.At.AddSeconds(2)));
            return id;
        }

        async Task<SessionId> CreateAsync(Draft each)
        {
            var creation = (each with { Pin = [Hashes.New()], Token = [Hashes.New()], CustomerName = "Grace of " + each.Tenant }).Build();
            (await node.Store.CreateAsync(creation, Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
            return creation.Session.Session.Id;
        }

        async Task ApplyAsync(SessionId id, SessionChange change) =>
            (await node.Store.TransitionAsync(SessionSelector.ById(id), new() { Now = change.At }, change, Cancellation)).Applied.Should().BeTrue();
    }

    /// <summary>Every row of every table of the library, as text.</summary>
    private static async Task<Dictionary<string, List<string>>> DumpAsync(Engine engine)
    {
        await using var context = engine.OpenContext();
        await context.Database.OpenConnectionAsync(Cancellation);
        var connection = context.Database.GetDbConnection();
        var tables = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()!))
            tables[table] = await RowsAsync(connection, table);
        return tables;
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(
                column => reader.GetValue(column) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
