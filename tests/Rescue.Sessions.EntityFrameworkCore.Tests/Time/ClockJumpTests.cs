using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Time;

public sealed class ClockJumpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_JumpsForwardAndBack_EndsWhatIsOverAndGoesOn()
    {
        using var engine = new SqliteEngine();
        var time = new JumpingTime();
        var mailbox = new Mailbox();
        await using var node = await Node.StartAsync(engine, options => options.Guessing.PerAddress = 1, mailbox, time);
        var (expired, link) = await node.CreateAsync();

        time.Ahead = TimeSpan.FromHours(1);
        (await node.Customers.JoinAsync(link.Token!, "one", Cancellation)).Should().BeOfType<JoinResult.BadCode>().Which.Reason.Should().Be(JoinRefusal.Expired);
        await Eventually.HoldsAsync(async () => (await node.Store.FindAsync(SessionSelector.ById(expired.Id), Cancellation))!.Session.Status == SessionStatus.Closed);
        (await GuessAsync(node)).Should().BeOfType<CodeLookup.BadCode>();
        (await GuessAsync(node)).Should().BeOfType<CodeLookup.Refused>();
        var (ahead, _) = await node.CreateAsync();

        time.Ahead = TimeSpan.Zero;
        (await node.Customers.JoinAsync(link.Token!, "one", Cancellation)).Should().BeOfType<JoinResult.BadCode>("what has ended stays so");
        (await GuessAsync(node)).Should().BeOfType<CodeLookup.BadCode>("the limit counts by the present window");
        (await node.FindAsync(ahead.Id)).Status.Should().Be(SessionStatus.Connecting);
        await node.InviteAsync();
        await Eventually.HoldsAsync(() => mailbox.Messages.Count == 1);

        time.Ahead = TimeSpan.FromHours(3);
        (await node.FindAsync(ahead.Id)).End.Should().Be(SessionEnd.Expired);
    }

    private static async Task<CodeLookup> GuessAsync(Node node) =>
        await node.Customers.LookUpAsync(new PinAttempt(PinCode.Parse("000000"), IPAddress.Loopback), Cancellation);

    /// <summary>A machine's clock that somebody sets; its timers run as ever.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private long ahead;

        public TimeSpan Ahead
        {
            get => new(Interlocked.Read(ref ahead));
            set => Interlocked.Exchange(ref ahead, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
