using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Relay;

public sealed class MailRelayTests
{
    private const string Main = "";

    private static readonly EmailAddress Acme = EmailAddress.Parse("support@acme.example");
    private static readonly EmailAddress Globex = EmailAddress.Parse("support@globex.example");
    private static readonly DispatchResult.NotSent Password =
        new(NotSentCause.AuthenticationFailed, "The mail server refused the credentials (535 5.7.8).", CanRetry: false) { Code = 535, EnhancedStatus = "5.7.8" };

    private static readonly DispatchResult.NotSent SendAs = new(NotSentCause.SenderRefused, "No (554 5.2.252).", CanRetry: false) { Code = 554, EnhancedStatus = "5.2.252" };

    private readonly FakeTimeProvider time = new();
    private readonly LogLines log = new();
    private readonly MailRelay relay;

    public MailRelayTests() => relay = new MailRelay(time, log);

    [Fact]
    public void HoldFor_SettingIsWrong_HoldsEverySenderUntilOneFindsOut()
    {
        relay.HoldFor(Main, Acme).Should().BeNull();
        relay.Note(Main, Acme, Password);

        relay.HoldFor(Main, Acme).Should().Be(Password.Reason);
        relay.HoldFor(Main, Globex).Should().Be(Password.Reason);

        time.Advance(TimeSpan.FromSeconds(5));
        relay.HoldFor(Main, Globex).Should().BeNull("one finds out whether it is over");
        relay.HoldFor(Main, Acme).Should().Be(Password.Reason, "and the others wait for it");
        relay.Note(Main, Globex, new DispatchResult.Accepted("ok"));

        relay.HoldFor(Main, Acme).Should().BeNull();
        relay.Outages.Should().BeEmpty();
    }

    [Fact]
    public void HoldFor_SettingOfOneServerIsWrong_HoldsItsOwnMailAlone()
    {
        relay.Note("globex", Acme, Password);

        relay.HoldFor("globex", Acme).Should().Be(Password.Reason);
        relay.HoldFor(Main, Acme).Should().BeNull();
        relay.Note(Main, Acme, new DispatchResult.Accepted("ok"));
        relay.HoldFor("globex", Acme).Should().Be(Password.Reason, "what another server takes says nothing of this one");
        relay.Outages.Should().ContainSingle().Which.Lane.Should().Be("globex");
        log.Lines.Should().ContainSingle().Which.Text.Should().Contain("mail server globex");
    }

    [Fact]
    public void HoldFor_SenderIsRefused_HoldsThatSenderAlone()
    {
        relay.Note(Main, Acme, SendAs);

        relay.HoldFor(Main, Acme).Should().Be(SendAs.Reason);
        relay.HoldFor(Main, Globex).Should().BeNull();
        relay.Note(Main, Globex, new DispatchResult.Accepted("ok"));
        relay.HoldFor(Main, Acme).Should().Be(SendAs.Reason);
    }

    [Fact]
    public void Note_WholeOutage_IsLoggedOnceWithItsReasonAndOnceWhenItIsOver()
    {
        for (var i = 0; i < 20; i++)
        {
            relay.Note(Main, Acme, Password);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        relay.Outages.Should().ContainSingle().Which.Should().Match<MailOutage>(outage => outage.Code == 535 && outage.EnhancedStatus == "5.7.8");
        relay.Note(Main, Acme, new DispatchResult.Accepted("ok"));
        relay.Note(Main, Acme, new DispatchResult.Accepted("ok"));

        log.Lines.Select(line => line.Level).Should().Equal(LogLevel.Error, LogLevel.Information);
        log.Lines[0].Text.Should().Contain("535 5.7.8").And.Contain("AuthenticationFailed").And.Contain("enhanced status code 5.7.8");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(60 * 24)]
    public void HoldFor_ClockIsSetBack_FindsOutAsSoonAsBefore(int minutes)
    {
        relay.Note(Main, Acme, Password);

        time.AdjustTime(time.GetUtcNow() - TimeSpan.FromMinutes(minutes));

        relay.HoldFor(Main, Acme).Should().BeNull("no pause is as long as that");
        relay.HoldFor(Main, Acme).Should().Be(Password.Reason, "one has begun to find out");
        time.Advance(TimeSpan.FromSeconds(5));
        relay.HoldFor(Main, Acme).Should().BeNull();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60 * 24)]
    public void Note_ServerIsAwayAndClockIsSetBack_IsToldOfAgainAndForgottenWhenNothingMoreFails(int minutes)
    {
        var away = new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "Away.", CanRetry: true);
        relay.Note(Main, Acme, away);

        time.AdjustTime(time.GetUtcNow() - TimeSpan.FromMinutes(minutes));
        relay.Failures.Should().BeEmpty();
        relay.Note(Main, Acme, away);

        relay.Failures.Should().ContainSingle();
        log.Lines.Should().HaveCount(2);
    }

    [Fact]
    public void Outages_ThatNothingMetForLong_AreForgottenAndToldAnew()
    {
        foreach (var (lane, fault) in new[] { (Main, Password), ("globex", SendAs) })
        {
            relay.Note(lane, Acme, fault);
            time.Advance(TimeSpan.FromMinutes(9));
            relay.Outages.Should().ContainSingle();
            time.Advance(TimeSpan.FromMinutes(1));
            relay.Outages.Should().BeEmpty("the sender was corrected, or another node has sent what waited");
        }

        relay.Note(Main, Acme, Password);

        relay.Outages.Should().ContainSingle().Which.Since.Should().Be(time.GetUtcNow());
        log.Lines.Should().HaveCount(3);
    }

    [Fact]
    public void Note_FailureLongAfterAnother_IsATimeOfItsOwn()
    {
        relay.Note(Main, Acme, Away(NotSentCause.CouldNotConnect));
        time.Advance(TimeSpan.FromDays(3));
        var now = time.GetUtcNow();

        relay.Note(Main, Acme, Away(NotSentCause.CouldNotConnect));
        relay.Failures.Should().ContainSingle().Which.Since.Should().Be(now);
        time.Advance(TimeSpan.FromMinutes(9));
        relay.Note(Main, Acme, Away(NotSentCause.CouldNotConnect));
        time.Advance(TimeSpan.FromMinutes(9));
        relay.Note(Main, Acme, Away(NotSentCause.CouldNotConnect));
        relay.Failures.Should().ContainSingle().Which.Since.Should().Be(now, "that is one time");
        relay.Note(Main, Acme, new DispatchResult.Accepted("ok"));

        log.Lines[^1].Text.Should().Contain($"{now:O}");
    }

    [Fact]
    public void HoldFor_OutageThatNothingMetForLong_HoldsNobody()
    {
        relay.Note(Main, Acme, Password);
        time.Advance(TimeSpan.FromMinutes(10));

        relay.HoldFor(Main, Acme).Should().BeNull();
        relay.HoldFor(Main, Globex).Should().BeNull("another node has sent what waited, or the sender was corrected");
    }

    [Fact]
    public void Note_OutageChanges_IsLoggedAnew()
    {
        relay.Note(Main, Acme, Password);
        relay.Note(Main, Acme, new DispatchResult.NotSent(NotSentCause.TlsRefused, "Not trusted.", CanRetry: false));

        log.Lines.Should().HaveCount(2);
    }

    [Fact]
    public void Note_ServerIsAwayOrARecipientIsUnknown_HoldsNobody()
    {
        relay.Note(Main, Acme, Away(NotSentCause.CouldNotConnect));
        relay.Note(Main, Acme, new DispatchResult.Rejected(550, "5.1.1", "no such user"));
        relay.Note(Main, Acme, new DispatchResult.Deferred(451, "4.7.1", "later", null));

        relay.HoldFor(Main, Acme).Should().BeNull();
        relay.Outages.Should().BeEmpty();
    }

    [Theory]
    [InlineData(NotSentCause.CouldNotConnect)]
    [InlineData(NotSentCause.TimedOut)]
    [InlineData(NotSentCause.ConnectionLost)]
    public void Note_ServerIsAway_WarnsOnceInTenMinutesOfTheServerAndWhy_AndTellsWhenItIsOver(NotSentCause cause)
    {
        for (var minute = 0; minute < 25; minute++)
        {
            for (var message = 0; message < 10; message++)
                relay.Note("globex", Acme, Away(cause));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        relay.Note(Main, Acme, new DispatchResult.Accepted("ok"));
        log.Lines.Should().HaveCount(3, "another server's mail says nothing of this one").And.OnlyContain(line => line.Level == LogLevel.Warning);
        log.Lines[0].Text.Should().Contain("mail.example.com:587 could not be reached: Connection refused").And.Contain("globex").And.Contain($"{cause}");

        relay.Note("globex", Acme, new DispatchResult.Accepted("ok"));
        relay.Note("globex", Acme, new DispatchResult.Accepted("ok"));
        log.Lines.Skip(3).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
        relay.Note("globex", Acme, Away(cause));
        log.Lines.Should().HaveCount(5, "it is another time");
    }

    [Fact]
    public void Note_SettingIsWrong_NamesTheServerInTheLogAndNotToTechnicians()
    {
        relay.Note(Main, Acme, Password with { Diagnosis = "mail.example.com:587: The mail server refused the credentials (535 5.7.8)." });

        log.Lines.Should().ContainSingle().Which.Text.Should().Contain("mail.example.com:587");
        relay.HoldFor(Main, Acme).Should().Be(Password.Reason);
    }

    [Fact]
    public void HoldFor_LongOutage_AsksOnceAMinute()
    {
        var tried = 0;
        for (var second = 0; second < 3600; second++)
        {
            for (var message = 0; message < 10; message++)
            {
                if (relay.HoldFor(Main, Acme) is not null)
                    continue;
                tried++;
                relay.Note(Main, Acme, Password);
            }

            time.Advance(TimeSpan.FromSeconds(1));
        }

        tried.Should().BeInRange(60, 66, "a wrong password tried by every message locks the account");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Note_ServersAndSendersThatAreNoMore_AreForgottenAfterADay(bool canRetry)
    {
        var names = Enumerable.Range(0, 100).Select(_ => NoteOfAServer(canRetry)).ToList();
        time.Advance(TimeSpan.FromDays(1));
        relay.Note(Main, Globex, Away(NotSentCause.TimedOut));

        GC.Collect();

        names.Count(name => name.IsAlive).Should().BeLessThan(5, "each tenant may change its server as often as it likes");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference NoteOfAServer(bool canRetry)
    {
        var name = Guid.NewGuid().ToString();
        relay.Note(name, Acme, new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "Away.", canRetry));
        return new(name);
    }

    private static DispatchResult.NotSent Away(NotSentCause cause) =>
        new(cause, "The mail server could not be reached.", CanRetry: true) { Diagnosis = "mail.example.com:587 could not be reached: Connection refused." };

    private sealed class LogLines : ILogger
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
