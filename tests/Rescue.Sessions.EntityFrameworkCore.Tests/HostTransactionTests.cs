using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests;

public abstract class HostTransactionTests : IDisposable
{
    private readonly Technician ada = new("ada", "Ada Lovelace") { Groups = ["support"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Engine Engine { get; }

    public void Dispose()
    {
        Engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_CreateAndClose_AreCommittedOrGoneWithTheHostsOwnRow(bool committed)
    {
        await using var services = Host();
        var (invitations, sessions) = (services.GetRequiredService<SupportInvitations>(), services.GetRequiredService<SupportSessions>());
        var directory = services.GetRequiredService<SessionDirectory>();
        await using var host = new HostContext(Engine);
        await host.Database.ExecuteSqlRawAsync("CREATE TABLE ticket (id text)", Cancellation);
        await using (var transaction = await host.Database.BeginTransactionAsync(Cancellation))
        {
            var inner = transaction.GetDbTransaction();
            using (HostTransaction.Join(inner))
            {
                await host.Database.ExecuteSqlRawAsync("INSERT INTO ticket VALUES ('T-1')", Cancellation);
                for (var i = 0; i < 3; i++)
                {
                    var created = (CreateSessionResult.Created)await invitations.CreateAsync(ada, new("Grace"), null, Cancellation);
                    (await sessions.CloseAsync(ada, created.Session.Id, Cancellation)).Should().BeOfType<SessionResult.Done>();
                }
            }

            (await directory.ListAsync(new() { Tenant = ada.Tenant }, Cancellation)).Should().BeEmpty("nothing is committed yet");
            if (committed)
                await transaction.CommitAsync(Cancellation);
        }

        var listed = await directory.ListAsync(new() { Tenant = ada.Tenant }, Cancellation);
        listed.Should().HaveCount(committed ? 3 : 0);
        foreach (var session in listed)
            (await directory.FindDetailsAsync(ada, session.Id, Cancellation))!.History.Events.Should().HaveCount(2);
        (await TicketsAsync(host)).Should().Be(committed ? 1 : 0);
    }

    /// <summary>A provider may hand out the same object for transaction after transaction.</summary>
    [Fact]
    public async Task Join_ManyTransactionsOfOneConnection_GoesOn()
    {
        const int Many = 1100;
        var store = Engine.OpenSessions();
        await using var host = new HostContext(Engine);
        await host.Database.OpenConnectionAsync(Cancellation);
        for (var i = 0; i < Many; i++)
        {
            await using var transaction = await host.Database.BeginTransactionAsync(Cancellation);
            using (HostTransaction.Join(transaction.GetDbTransaction()))
                (await store.CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
            await transaction.CommitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Join_OneTransactionAgainAndAgain_GoesOnCounting()
    {
        var store = Engine.OpenSessions();
        await using var host = new HostContext(Engine);
        for (var n = 0; n < 2; n++)
        {
            await using var transaction = await host.Database.BeginTransactionAsync(Cancellation);
            for (var i = 0; i < 3; i++)
            {
                using (HostTransaction.Join(transaction.GetDbTransaction()))
                    await store.CreateAsync(new Draft { Tenant = "t", Messages = ["one", "two"] }.Build(), Cancellation);
            }

            await transaction.CommitAsync(Cancellation);
        }

        (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Should().HaveCount(6);
    }

    [Fact]
    public async Task Join_Twice_IsAMistake()
    {
        await using var host = new HostContext(Engine);
        await using var transaction = await host.Database.BeginTransactionAsync(Cancellation);
        var inner = transaction.GetDbTransaction();
        using var scope = HostTransaction.Join(inner);

        FluentActions.Invoking(() => HostTransaction.Join(inner)).Should().Throw<InvalidOperationException>();
    }

    public sealed class Sqlite : HostTransactionTests
    {
        protected override Engine Engine { get; } = new SqliteEngine();
    }

    public sealed class PostgreSql : HostTransactionTests
    {
        protected override Engine Engine { get; } = new PostgreSqlEngine();

        /// <summary>It would not see what another has taken while one waited for them.</summary>
        [Theory]
        [InlineData(IsolationLevel.RepeatableRead)]
        [InlineData(IsolationLevel.Snapshot)]
        [InlineData(IsolationLevel.Serializable)]
        public async Task Join_TransactionThatDoesNotSeeWhatOthersCommit_IsRefusedAndWritesNothing(IsolationLevel level)
        {
            var store = Engine.OpenSessions();
            await using var host = new HostContext(Engine);
            await using (var transaction = await host.Database.BeginTransactionAsync(level, Cancellation))
            {
                var create = async () =>
                {
                    using (HostTransaction.Join(transaction.GetDbTransaction()))
                        await store.CreateAsync(new Draft { Tenant = "t" }.Build(), Cancellation);
                };

                await create.Should().ThrowAsync<InvalidOperationException>().WithMessage("*IsolationLevel.ReadCommitted*");
                await transaction.CommitAsync(Cancellation);
            }

            (await store.ListAsync(new() { Tenant = "t" }, Cancellation)).Should().BeEmpty();
            await using var next = await host.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, Cancellation);
            using (HostTransaction.Join(next.GetDbTransaction()))
                (await store.CreateAsync(new Draft().Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
        }

        [Theory]
        [InlineData("repeatable read")]
        [InlineData("serializable")]
        public async Task Change_ServerHasAnotherDefault_SeesWhatOthersCommit(string level)
        {
            var connectionString = $"{((PostgreSqlEngine)Engine).ConnectionString};Options=-c default_transaction_isolation={level.Replace(" ", "\\ ", StringComparison.Ordinal)}";
            var database = new DatabaseFactory(options => options.UseNpgsql(connectionString)).OpenDatabase();

            (await database.ReadAsync(new("SHOW transaction_isolation"), row => row.GetString(0), Cancellation)).Should().Equal(level);
            (await database.ExecuteAsync(new("SHOW transaction_isolation"), row => row.GetString(0), Cancellation)).Should().Equal("read committed");
        }

        /// <summary>The transaction began, and asked for something, before another changed the session; it has written nothing before.</summary>
        [Fact]
        public async Task Join_ChangeAfterAnothers_IsNumberedAfterIt()
        {
            var store = Engine.OpenSessions();
            var id = (await store.CreateAsync(new Draft().Build(), Cancellation)).Session!.Session.Id;
            await using var host = new HostContext(Engine);
            await using (var transaction = await host.Database.BeginTransactionAsync(Cancellation))
            {
                using (HostTransaction.Join(transaction.GetDbTransaction()))
                    (await ChangeAsync(SessionId.New(Draft.Morning), SessionTrigger.Close)).Should().BeFalse("there is none");
                (await ChangeAsync(id, SessionTrigger.Ready)).Should().BeTrue();
                using (HostTransaction.Join(transaction.GetDbTransaction()))
                    (await ChangeAsync(id, SessionTrigger.Close)).Should().BeTrue();
                await transaction.CommitAsync(Cancellation);
            }

            var history = await store.FindHistoryAsync(id, Cancellation);
            history!.Events.Select(happened => happened.Trigger).Should().Equal(null, SessionTrigger.Ready, SessionTrigger.Close);

            async Task<bool> ChangeAsync(SessionId session, SessionTrigger trigger) =>
                (await store.TransitionAsync(SessionSelector.ById(session), new() { Now = Draft.Morning }, Changes.Of(trigger, Draft.Morning), Cancellation)).Applied;
        }
    }

    private ServiceProvider Host()
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Codes.Keys.Add(Convert.ToBase64String(new byte[32]));
            options.Permissions.Groups.Add(new() { Name = "support", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).UseEntityFrameworkCore(Engine.Configure);
        return services.BuildServiceProvider();
    }

    private static async Task<long> TicketsAsync(HostContext host)
    {
        await host.Database.OpenConnectionAsync(Cancellation);
        await using DbCommand command = host.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT count(*) FROM ticket";
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private sealed class HostContext(Engine engine) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => engine.Configure(optionsBuilder);
    }
}
