using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Machines;
using Rescue.Sessions.Applet.Tests.Support;

namespace Rescue.Sessions.Applet.Tests.Events;

public sealed class WatchTests : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string Morning = "2026-03-02T09:00:00Z";

    private const string EndedByTechnician =
        """{"title":"The session has ended.","status":410,"code":"sessionEnded","sessionStatus":"closed","endReason":"byTechnician"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SteppedTime _time = new();
    private readonly ScriptedServer _server = new();
    private readonly List<IAsyncEnumerator<SessionEvent>> _watches = [];

    private AppletSession? _session;

    [Fact]
    public async Task WatchAsync_StatusEvents_AreReportedUntilTheEnd()
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(Status("waiting") + Status("active", ""","technician":"Ada" """) + Status("closed", ""","endReason":"byTechnician" """));

        Report(await NextAsync(watch)).Should().Be((SessionStatus.Waiting, null, null));
        Report(await NextAsync(watch)).Should().Be((SessionStatus.Active, "Ada", null));
        Report(await NextAsync(watch)).Should().Be((SessionStatus.Closed, null, "byTechnician"));
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.SessionOver);
        (await watch.MoveNextAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("connecting", SessionStatus.Connecting)]
    [InlineData("waiting", SessionStatus.Waiting)]
    [InlineData("active", SessionStatus.Active)]
    [InlineData("onHold", SessionStatus.OnHold)]
    [InlineData("transferring", SessionStatus.Transferring)]
    [InlineData("rebooting", SessionStatus.Rebooting)]
    [InlineData("reconnecting", SessionStatus.Reconnecting)]
    [InlineData("offline", SessionStatus.Offline)]
    [InlineData("timedOut", SessionStatus.TimedOut)]
    [InlineData("closed", SessionStatus.Closed)]
    public async Task WatchAsync_EveryStatusOfTheContract_IsKnown(string name, SessionStatus expected)
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(Status(name));

        Report(await NextAsync(watch)).Status.Should().Be(expected);
    }

    [Theory]
    [InlineData("event: news\ndata: {\"status\":\"active\"}\n\n")]
    [InlineData("data: {\"status\":\"active\"}\n\n")]
    [InlineData(": a comment keeps the line open\n\n")]
    [InlineData("event: ping\ndata: {}\n\n")]
    [InlineData("event: status\ndata: {\"status\":\"dancing\"}\n\n")]
    [InlineData("event: status\ndata: {\"status\":3}\n\n")]
    [InlineData("event: status\ndata: {\"status\":\"3\"}\n\n")]
    [InlineData("event: status\ndata: {}\n\n")]
    [InlineData("event: status\ndata: null\n\n")]
    [InlineData("event: status\ndata: {\"status\n\n")]
    [InlineData("event: status\ndata: {\"status\":\"\\ud83d\"}\n\n")]
    public async Task WatchAsync_WhatThisVersionCannotRead_IsPassedOver(string unknown)
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(unknown + Status("waiting"));

        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Waiting);
    }

    [Theory]
    [InlineData("""{"name":"Ada"}""", "null", "[{}]")]
    [InlineData(@"""\ud83d""", @"""\udc00""", @"[""\ud83d""]")]
    public async Task WatchAsync_MembersOfAnotherShape_LeaveTheStatusReadable(string technician, string reason, string guests)
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(Status("active", $""","technician":{technician},"endReason":{reason},"guests":{guests},"handOver":{"{"}"secret":{technician}{"}"},"more":[{"{}"}]"""));

        Report(await NextAsync(watch)).Should().Be((SessionStatus.Active, null, null));
    }

    [Fact]
    public async Task WatchAsync_WhoElseTakesPart_IsReportedWithTheStatusAndByItself()
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(
            Status("waiting") + Status("active", ""","guests":["Katherine"]""") + Guests("""["Katherine","Zoë"]""") + Guests("null") + Guests("{}") + Guests("""[3,"Zoë",null]"""));

        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.Guests.Should().BeEmpty("a server of the version before says nothing of it");
        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.Guests.Should().Equal("Katherine");
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().Equal("Katherine", "Zoë");
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().BeEmpty();
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().BeEmpty();
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().Equal("Zoë");
    }

    [Fact]
    public async Task WatchAsync_NamesThatSteerAWindow_ComeAsText()
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(
            Status("active", """ ,"technician":"Ada\u001B[2J","guests":["Eve\u009B2J"]""") + Guests("""["Zo\u202Ee"]""") + Status("closed", """ ,"endReason":"by\u0007" """));

        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.Should().BeEquivalentTo(new { Technician = "Ada\uFFFD[2J", Guests = (string[])["Eve\uFFFD2J"] });
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().Equal("Zoe");
        Report(await NextAsync(watch)).EndReason.Should().Be("by\uFFFD");
    }

    [Theory]
    [InlineData(""","statusSince":"2026-03-02T09:00:00.1234567+00:00" """, "2026-03-02T09:00:00.1234567+00:00")]
    [InlineData(""","statusSince":"2026-03-02T11:00:00+02:00" """, "2026-03-02T09:00:00+00:00")]
    [InlineData("", null)]
    [InlineData(""","statusSince":null""", null)]
    [InlineData(""","statusSince":7""", null)]
    [InlineData(""","statusSince":"this morning" """, null)]
    [InlineData(@",""statusSince"":""\ud83d""", null)]
    public async Task WatchAsync_SinceWhenAStatusIs_IsReportedWhereTheServerSaysIt(string more, string? expected)
    {
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(Status("active", more));

        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.StatusSince
            .Should().Be(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task WatchAsync_StreamThatBeginsAsTheLastOneEnded_ReportsNothingTwice()
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync(Active(Morning) + Guests("""["Zoë"]"""));
        await NextAsync(watch);
        await NextAsync(watch);

        var second = await OpenAgainAsync(watch, first);
        await second.WriteAsync(Active(Morning, ""","guests":["Zoë"]""") + Status("onHold"));
        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.OnHold, "whoever begins remote control at each report goes on over a line that broke");

        var third = await OpenAgainAsync(watch, second);
        await third.WriteAsync(Active(Morning));
        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Active, "it is the last report that counts");
    }

    [Theory]
    [InlineData("active", "2026-03-02T09:30:00Z", "s1", "Ada")]
    [InlineData("active", Morning, "s2", "Ada")]
    [InlineData("active", Morning, "s1", "Grace")]
    [InlineData("transferring", Morning, "s1", "Ada")]
    public async Task WatchAsync_StatusThatWasLeftWhileTheLineWasDown_IsReportedAgain(string status, string since, string secret, string technician)
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync(Active(Morning));
        await NextAsync(watch);

        var second = await OpenAgainAsync(watch, first);
        await second.WriteAsync(Status(status, With(since, secret, technician)));

        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.Should().BeEquivalentTo(
            new { HandOverSecret = secret, Technician = technician, StatusSince = DateTimeOffset.Parse(since, CultureInfo.InvariantCulture) });
    }

    [Theory]
    [InlineData("active", "", "a server of the version before does not say since when")]
    [InlineData("connecting", $$""","statusSince":"{{Morning}}" """, "it asks for ready each time")]
    public async Task WatchAsync_StatusThatMayBeNew_IsReportedAgain(string status, string more, string because)
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync(Status(status, more));
        await NextAsync(watch);

        var second = await OpenAgainAsync(watch, first);
        await second.WriteAsync(Status(status, more));

        (await NextAsync(watch)).Should().BeOfType<StatusReported>(because);
    }

    [Fact]
    public async Task WatchAsync_GuestWhoCameWhileTheLineWasDown_IsReportedWithoutTheStatus()
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync(Active(Morning));
        await NextAsync(watch);

        var second = await OpenAgainAsync(watch, first);
        await second.WriteAsync(Active(Morning, ""","guests":["Zoë"]"""));
        (await NextAsync(watch)).Should().BeOfType<GuestsReported>().Which.Guests.Should().Equal("Zoë");

        var third = await OpenAgainAsync(watch, second);
        await third.WriteAsync(Active(Morning, ""","guests":["Zoë"]""") + Status("onHold"));
        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.OnHold);
    }

    [Fact]
    public async Task WatchAsync_BytesInAnyPieces_AreTheSameEvents() =>
        await Gen.Int[1, 40].Array[1, 20].SampleAsync(async sizes =>
        {
            var text = ": hello\r\n\r\nid: 7\r\nretry: 1000\r\n" + Status("active", ""","technician":"Zoë 日本 😀" """) + Status("onHold");
            var bytes = Encoding.UTF8.GetBytes(text);
            await using var test = new WatchTests();
            var watch = await test.OpenAsync(out var source);
            for (var (at, piece) = (0, 0); at < bytes.Length; piece++)
            {
                var size = Math.Min(sizes[piece % sizes.Length], bytes.Length - at);
                await source.WriteAsync(bytes[at..(at + size)]);
                at += size;
            }

            Report(await test.NextAsync(watch)).Should().Be((SessionStatus.Active, "Zoë 日本 😀", null));
            Report(await test.NextAsync(watch)).Status.Should().Be(SessionStatus.OnHold);
        }, iter: 50, threads: 1);

    [Fact]
    public async Task WatchAsync_LostConnection_ResumesAfterTheLastWholeEvent()
    {
        var watch = await OpenAsync(out var first);
        var second = new EventSource();
        _server.Answer(_ => second.OpenAsync());
        await first.WriteAsync("id: 41\n" + Status("waiting") + "id: 42\nevent: status\ndata: {\"status\":\"active\"}\n");
        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Waiting);
        await first.BreakAsync();

        await InterruptionAsync(watch);
        (await NextAsync(watch)).Should().BeOfType<WatchOpened>();
        await second.WriteAsync("id: 42\n" + Status("active"));

        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Active);
        _server.Requests.Select(request => request.LastEventId).Should().Equal(null, "41");
    }

    [Fact]
    public async Task WatchAsync_ConnectionsWithoutEvents_KeepTheLastEventId()
    {
        var watch = await OpenAsync(out var first);
        var (second, third) = (new EventSource(), new EventSource());
        _server.Answer(_ => second.OpenAsync()).Answer(_ => third.OpenAsync());
        await first.WriteAsync("id: 41\n" + Status("waiting"));
        await NextAsync(watch);
        await first.EndAsync();
        await InterruptionAsync(watch);
        (await NextAsync(watch)).Should().BeOfType<WatchOpened>();
        await second.EndAsync();
        await InterruptionAsync(watch);
        (await NextAsync(watch)).Should().BeOfType<WatchOpened>();

        _server.Requests.Last().LastEventId.Should().Be("41");
    }

    [Fact]
    public async Task WatchAsync_IdOfAnUnknownEvent_CountsForResuming()
    {
        var watch = await OpenAsync(out var first);
        var second = new EventSource();
        _server.Answer(_ => second.OpenAsync());
        await first.WriteAsync("id: 50\nevent: news\ndata: x\n\n");
        await first.EndAsync();
        await InterruptionAsync(watch);
        await NextAsync(watch);

        _server.Requests.Last().LastEventId.Should().Be("50");
    }

    [Fact]
    public async Task WatchAsync_SilentConnection_IsOpenedAgain()
    {
        var watch = await OpenAsync(out _);
        var second = new EventSource();
        _server.Answer(_ => second.OpenAsync());

        var next = NextAsync(watch);
        await _time.PassAsync(new SupportAppletOptions().EventsIdleTimeout);

        (await next).Should().BeOfType<WatchInterrupted>();
    }

    [Theory]
    [InlineData("data: {\"status\":\"", "waiting")]
    [InlineData("", "data: more\n")]
    [InlineData(": a comment ", "without an end ")]
    [InlineData("", ": a comment\ndata: more\n")]
    [InlineData("id: ", "1")]
    public async Task WatchAsync_EventWithoutEnd_IsGivenUpAfterALittle(string begin, string more)
    {
        const int Much = 1024 * 1024;
        var watch = await OpenAsync(out var source);
        await source.WriteAsync(Status("waiting"));
        Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Waiting);
        var next = NextAsync(watch);

        await source.WriteAsync("event: status\n" + begin);
        var piece = string.Concat(Enumerable.Repeat(more, 8 * 1024 / more.Length));
        var written = 0;
        // Whoever has given up closes the stream a moment before they say so, and takes whatever is written meanwhile.
        for (var isRead = true; isRead && written < Much; written += piece.Length)
            isRead = await source.WriteAsync(piece);

        written.Should().BeLessThan(Much);
        (await next).Should().BeOfType<WatchInterrupted>();
    }

    [Theory]
    [InlineData(": keeps the line open\n")]
    [InlineData(": keeps the line open\r\n")]
    [InlineData(":\r")]
    [InlineData(": keeps the line open\n\n")]
    [InlineData("retry: 3000\n\n")]
    [InlineData("event: news\r\n\r\n")]
    public async Task WatchAsync_MuchThatIsNoEvent_IsNotTakenForOneWithoutEnd(string line)
    {
        var watch = await OpenAsync(out var source);
        var (before, after) = (NextAsync(watch), "event: status\ndata: {\"status\":\ndata: \"waiting\"}\n\n");
        var much = string.Concat(Enumerable.Repeat(line, 256 * 1024 / line.Length));

        await source.WriteAsync(much + Status("active"));
        Report(await before).Status.Should().Be(SessionStatus.Active);
        var next = NextAsync(watch);
        // Comments may stand in the midst of an event; what ends one may not.
        await source.WriteAsync(line[0] == ':' && !line.EndsWith("\n\n", StringComparison.Ordinal) ? after.Insert(after.LastIndexOf("data", StringComparison.Ordinal), much) : much + after);

        Report(await next).Status.Should().Be(SessionStatus.Waiting);
    }

    [Fact]
    public async Task WatchAsync_ManyEvents_AreNotTakenForOneWithoutEnd()
    {
        var watch = await OpenAsync(out var source);
        for (var number = 0; number < 200; number++)
        {
            await source.WriteAsync(Status("active", $""","technician":"{new string('x', 1000)}" """) + "event: ping\ndata: {}\n\n");
            Report(await NextAsync(watch)).Status.Should().Be(SessionStatus.Active);
        }
    }

    [Fact]
    public async Task WatchAsync_ServerUnreachable_WaitsLongerEachTime()
    {
        var watch = await OpenAsync(out var first);
        await first.EndAsync();
        _server.Fail().Answer(HttpStatusCode.ServiceUnavailable).Fail().Fail();

        foreach (var ceiling in (int[])[1, 2, 4, 8])
            (await InterruptionAsync(watch)).TotalSeconds.Should().BeInRange(ceiling / 2.0, ceiling);
    }

    [Fact]
    public async Task WatchAsync_RetryField_SetsTheFirstWait()
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync("retry: 9000\n" + Status("waiting"));
        await NextAsync(watch);
        await first.EndAsync();

        (await NextAsync(watch)).Should().BeOfType<WatchInterrupted>().Which.RetryIn.TotalSeconds.Should().BeInRange(4.5, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("id: 7\n\n")]
    public async Task WatchAsync_RetryFieldAfterTheLastEvent_SetsTheFirstWait(string between)
    {
        var watch = await OpenAsync(out var first);
        await first.WriteAsync(Status("waiting"));
        await NextAsync(watch);
        await first.WriteAsync(between + "retry: 8000\n\n");
        await first.EndAsync();

        (await InterruptionAsync(watch)).TotalSeconds.Should().BeInRange(4, 8);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, AppletAnswer.KeyReplaced)]
    [InlineData(HttpStatusCode.Gone, AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.NotFound, AppletAnswer.SessionOver)]
    public async Task WatchAsync_NothingLeftToWatch_EndsWithTheReason(HttpStatusCode status, AppletAnswer expected)
    {
        var watch = Follow(await Known.JoinAsync(_server, _time));
        _server.Answer(status);

        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(expected);
        (await watch.MoveNextAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("byTechnician")]
    [InlineData("aReasonOfALaterServer")]
    public async Task WatchAsync_SessionEndedMeanwhile_TellsHow(string reason)
    {
        var watch = Follow(await Known.JoinAsync(_server, _time));
        _server.Answer(HttpStatusCode.Gone, $$"""{"title":"The session has ended.","status":410,"code":"sessionEnded","sessionStatus":"closed","endReason":"{{reason}}"}""");

        (await NextAsync(watch)).Should().BeOfType<StatusReported>().Which.Should().BeEquivalentTo(new { Status = SessionStatus.Closed, EndReason = reason });
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.SessionOver);
        (await watch.MoveNextAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"title":"The session has ended.","status":410,"code":"sessionEnded"}""")]
    [InlineData("""{"title":"The session has ended.","status":410,"code":"sessionEnded","endReason":7}""")]
    [InlineData("""{"title":"The session has ended.","status":410,"code":"sessionEnded","endReason":null}""")]
    public async Task WatchAsync_SessionEndedMeanwhileAndNobodySaysHow_Ends(string refusal)
    {
        var watch = Follow(await Known.JoinAsync(_server, _time));
        _server.Answer(HttpStatusCode.Gone, refusal);

        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.SessionOver);
    }

    [Fact]
    public async Task WatchAsync_EndThatAHeartbeatIsTold_IsToldAtOnceThoughTheLineIsSilent()
    {
        var watch = await OpenAsync(out _);
        var next = NextAsync(watch);
        _server.Answer(HttpStatusCode.Gone, EndedByTechnician);

        await _session!.HeartbeatAsync(Ct);

        (await next).Should().BeOfType<StatusReported>().Which.Should().BeEquivalentTo(new { Status = SessionStatus.Closed, EndReason = "byTechnician" });
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.SessionOver);
        (await watch.MoveNextAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("byCustomer")]
    [InlineData("declined")]
    public async Task WatchAsync_OwnGoodbyeThatIsHeard_IsTheEndThoughTheLineIsSilent(string reason)
    {
        var watch = await OpenAsync(out _);
        var next = NextAsync(watch);
        _server.Answer(HttpStatusCode.OK, $$"""{"status":"closed","endReason":"{{reason}}"}""");

        (await (reason == "declined" ? _session!.DeclineAsync(Ct) : _session!.LeaveAsync(Ct))).Should().Be(AppletAnswer.Accepted);

        Report(await next).Should().Be((SessionStatus.Closed, null, reason));
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.SessionOver);
        (await watch.MoveNextAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task WatchAsync_EndThatAHeartbeatIsToldBetweenTwoLines_IsToldWithoutAWait()
    {
        var watch = await OpenAsync(out var source);
        await source.EndAsync();
        await InterruptionAsync(watch);
        var next = watch.MoveNextAsync();
        _server.Answer(HttpStatusCode.Unauthorized);

        await _session!.HeartbeatAsync(Ct);

        (await next.AsTask().WaitAsync(Patience, Ct)).Should().BeTrue();
        watch.Current.Should().BeOfType<WatchEnded>().Which.Reason.Should().Be(AppletAnswer.KeyReplaced);
    }

    [Fact]
    public async Task WatchAsync_EndThatAHeartbeatIsToldWhileTheLineIsOpened_IsTold()
    {
        var session = await Known.JoinAsync(_server, _time);
        _server.Hang().Answer(HttpStatusCode.Gone, EndedByTechnician);
        var watch = Follow(session);
        var next = NextAsync(watch);

        await session.HeartbeatAsync(Ct);

        Report(await next).EndReason.Should().Be("byTechnician");
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>();
    }

    [Fact]
    public async Task WatchAsync_EndThatIsKnown_IsToldWithoutAsking()
    {
        var session = await Known.JoinAsync(_server, _time);
        _server.Answer(HttpStatusCode.Gone, EndedByTechnician);
        await session.ReadyAsync(new CustomerMachine("pc", MachinePlatform.Linux), Ct);

        var watch = Follow(session);

        Report(await NextAsync(watch)).EndReason.Should().Be("byTechnician");
        (await NextAsync(watch)).Should().BeOfType<WatchEnded>();
        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task WatchAsync_AnswerThatIsNoEventStream_IsTriedAgain()
    {
        var watch = Follow(await Known.JoinAsync(_server, _time));
        _server.Answer(HttpStatusCode.OK, "{}");

        (await NextAsync(watch)).Should().BeOfType<WatchInterrupted>();
    }

    [Fact]
    public async Task WatchAsync_Request_CarriesTheKey()
    {
        await OpenAsync(out _);

        _server.Requests.Should().Equal(new ScriptedRequest("GET https://support.example/help/applet/s1/events", "", $"Bearer {Known.Key}", null));
    }

    [Fact]
    public async Task WatchAsync_Cancelled_Stops()
    {
        var source = new EventSource();
        var session = await Known.JoinAsync(_server, _time);
        _server.Answer(_ => source.OpenAsync());
        using var stop = new CancellationTokenSource();
        var watch = session.WatchAsync(stop.Token).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();

        var next = watch.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await next.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
            await watch.DisposeAsync();
        _server.Dispose();
    }

    private Task<IAsyncEnumerator<SessionEvent>> OpenAsync(out EventSource source)
    {
        var opened = source = new EventSource();
        return StartAsync();

        async Task<IAsyncEnumerator<SessionEvent>> StartAsync()
        {
            var watch = Follow(_session = await Known.JoinAsync(_server, _time));
            _server.Answer(_ => opened.OpenAsync());
            (await NextAsync(watch)).Should().BeOfType<WatchOpened>();
            return watch;
        }
    }

    /// <summary>Breaks one line and opens the next.</summary>
    private async Task<EventSource> OpenAgainAsync(IAsyncEnumerator<SessionEvent> watch, EventSource before)
    {
        var next = new EventSource();
        _server.Answer(_ => next.OpenAsync());
        await before.BreakAsync();
        await InterruptionAsync(watch);
        (await NextAsync(watch)).Should().BeOfType<WatchOpened>();
        return next;
    }

    private IAsyncEnumerator<SessionEvent> Follow(AppletSession session)
    {
        var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        _watches.Add(watch);
        return watch;
    }

    /// <summary>The next item; the wait that the last one announced passes meanwhile.</summary>
    private async Task<SessionEvent> NextAsync(IAsyncEnumerator<SessionEvent> watch)
    {
        var announced = (watch.Current as WatchInterrupted)?.RetryIn;
        var moving = watch.MoveNextAsync();
        if (announced is { } wait)
            await _time.PassAsync(wait);
        (await moving.AsTask().WaitAsync(Patience, Ct)).Should().BeTrue();
        return watch.Current;
    }

    private async Task<TimeSpan> InterruptionAsync(IAsyncEnumerator<SessionEvent> watch) =>
        (await NextAsync(watch)).Should().BeOfType<WatchInterrupted>().Which.RetryIn;

    private static (SessionStatus Status, string? Technician, string? EndReason) Report(SessionEvent happening)
    {
        var report = happening.Should().BeOfType<StatusReported>().Which;
        return (report.Status, report.Technician, report.EndReason);
    }

    private static string Active(string since, string more = "") => Status("active", With(since, "s1", "Ada") + more);

    private static string With(string since, string secret, string technician) =>
        $$""","statusSince":"{{since}}","technician":"{{technician}}","handOver":{"secret":"{{secret}}"}""";

    private static string Guests(string names) => $"event: guests\ndata: {{\"status\":\"active\",\"guests\":{names}}}\n\n";

    private static string Status(string status, string more = "") => $"event: status\ndata: {{\"status\":\"{status}\"{more}}}\n\n";
}
