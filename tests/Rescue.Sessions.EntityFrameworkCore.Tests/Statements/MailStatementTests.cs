using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>What a mail costs the database while many wait.</summary>
public sealed partial class MailStatementTests : IDisposable
{
    private const int Mails = 400;

    private readonly PostgreSqlEngine engine = new();
    private readonly ConcurrentDictionary<string, bool> texts = new(StringComparer.Ordinal);
    private int statements;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Mails_WhileManyWait_TakeAtMostThreeStatementsEach()
    {
        var opening = new TaskCompletionSource();
        var mailbox = new HeldMailbox(opening.Task);
        var node = await Node.StartAsync(engine, handler: mailbox);
        await Parallel.ForAsync(0, Mails, async (_, _) => await node.InviteAsync());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(listener);

        opening.SetResult();
        await Eventually.HoldsAsync(() => mailbox.Count == Mails);
        await node.DisposeAsync();

        statements.Should().BeGreaterThan(2 * Mails, "the session and its history are written for each")
            .And.BeLessThanOrEqualTo(3 * Mails);
        texts.Keys.Count(text => text.StartsWith("INSERT INTO rescue_event", StringComparison.Ordinal)).Should().Be(1, "what is the same but for its values stays prepared");
        texts.Should().HaveCountLessThan(32, "a connection keeps 64 prepared");
    }

    private void Count(Activity activity)
    {
        if (activity.GetTagItem("db.namespace") as string == engine.Name && activity.GetTagItem("db.query.text") is string text)
        {
            foreach (var statement in AboutMail().Matches(text).Select(match => match.Value).Where(statement => !ByTheClock().IsMatch(statement)))
            {
                Interlocked.Increment(ref statements);
                texts[statement] = true;
            }
        }
    }

    // A transaction's begin and commit ride along with what it does.
    [GeneratedRegex(@"\b(SELECT|UPDATE|INSERT INTO|DELETE FROM)\b[^;]*\b(rescue_outbox|rescue_session|rescue_event)\b[^;]*")]
    private static partial Regex AboutMail();

    // The feed, the sweeps, the pump's look for what is due, and what it holds or puts off for longer: the slower the machine, the more of them fall into the test.
    [GeneratedRegex(
        @"^(SELECT\b.*(\brescue_event e\s+WHERE e\.sequence >|\b(silent|deadline|alarm)_at <=)|SELECT 1 FROM rescue_outbox WHERE available_at|UPDATE rescue_outbox SET available_at = @lease)",
        RegexOptions.Singleline)]
    private static partial Regex ByTheClock();

    private sealed class HeldMailbox(Task opening) : OutboxHandler
    {
        private int count;

        public override string Kind => "test";

        public override bool SendsInvitations => true;

        public int Count => count;

        public override async Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            await opening;
            Interlocked.Increment(ref count);
            return new OutboxOutcome.Accepted();
        }
    }
}
