using System.Diagnostics;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>A renewal takes many messages at once while others are begun and recorded: they wait for each other, and never in a circle.</summary>
public sealed class OutboxLockTests : IDisposable
{
    private static readonly DateTimeOffset Now = Draft.Morning;

    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("begin")]
    [InlineData("finish")]
    [InlineData("retry")]
    public async Task Renewal_MeetsOthersOfTheSameMessages_InNoCircle(string step)
    {
        var store = engine.OpenSessions();
        OutboxClaim[] claims = [.. (await ClaimAsync(store, 3))
            .OrderBy(claim => Convert.ToHexString(claim.Message.Id.ToByteArray(bigEndian: true)))];
        var (first, middle, last) = (claims[0], claims[1], claims[2]);
        var failures = new List<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == engine.Name && activity.Status == ActivityStatusCode.Error)
                {
                    lock (failures)
                        failures.Add(activity.StatusDescription);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var holding = await connection.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM rescue_outbox WHERE id = @id FOR UPDATE", connection, holding))
        {
            hold.Parameters.AddWithValue("id", middle.Message.Id.ToByteArray(bigEndian: true));
            await hold.ExecuteNonQueryAsync(Cancellation);
        }

        // The renewal has locked what comes before the message in the middle, and waits for it; the other asks for the same from behind.
        var renewing = store.RenewAsync([.. claims], Now.AddMinutes(1), Cancellation).AsTask();
        await WaitingAsync(1);
        var other = OtherAsync(store, step, [last, first]);
        await WaitingAsync(2);
        await holding.CommitAsync(Cancellation);

        (await renewing).Should().AllBeEquivalentTo(true);
        (await other).Should().Be(2);
        failures.Should().BeEmpty();
    }

    private static async Task<int> OtherAsync(ISessionStore store, string step, OutboxClaim[] claims) => step == "begin"
        ? (await store.BeginAsync([.. claims], Now, Cancellation)).Count(begun => begun == OutboxBegin.Begun)
        : (await store.CompleteAsync([.. claims.Select(claim => new OutboxResult(claim, step == "retry" ? Now.AddMinutes(5) : null))], Cancellation)).Count(held => held);

    private static async Task<IEnumerable<OutboxClaim>> ClaimAsync(ISessionStore store, int count)
    {
        for (var i = 0; i < count; i++)
            await store.CreateAsync(new Draft { Messages = ["mail"] }.Build(), Cancellation);
        return await store.ClaimAsync(Now, Now.AddSeconds(30), count, null, Cancellation);
    }

    private Task WaitingAsync(int count) => Eventually.HoldsAsync(async () => await engine.CountWaitingAsync(Cancellation) == count);
}
