using System.Net;
using System.Threading.Channels;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Machines;
using Rescue.Sessions.Applet.Tests.Support;

namespace Rescue.Sessions.Applet.Tests.Sessions;

public sealed class AppletSessionTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly SteppedTime _time = new();
    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task ReadyAsync_Machine_IsSentWithTheKey()
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(HttpStatusCode.OK);

        var answer = await session.ReadyAsync(new CustomerMachine("DESKTOP-1", MachinePlatform.MacOS), Ct);

        answer.Should().Be(AppletAnswer.Accepted);
        _server.Requests.Should().Equal(new ScriptedRequest(
            "POST https://support.example/help/applet/s1/ready", """{"hostName":"DESKTOP-1","platform":"macos"}""", $"Bearer {Known.Key}", null));
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("heartbeat")]
    [InlineData("leave")]
    public async Task Verb_WithoutData_SendsAnEmptyObjectWithTheKey(string verb)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(HttpStatusCode.OK);

        await (verb switch { "decline" => session.DeclineAsync(Ct), "leave" => session.LeaveAsync(Ct), _ => session.HeartbeatAsync(Ct) });

        _server.Requests.Should().Equal(new ScriptedRequest($"POST https://support.example/help/applet/s1/{verb}", "{}", $"Bearer {Known.Key}", null));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, AppletAnswer.Accepted)]
    [InlineData(HttpStatusCode.Accepted, AppletAnswer.Accepted)]
    [InlineData(HttpStatusCode.Unauthorized, AppletAnswer.KeyReplaced)]
    [InlineData(HttpStatusCode.Gone, AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.NotFound, AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.Conflict, AppletAnswer.NotPermitted)]
    [InlineData(HttpStatusCode.BadGateway, AppletAnswer.Unreachable)]
    [InlineData(HttpStatusCode.TooManyRequests, AppletAnswer.Unreachable)]
    public async Task HeartbeatAsync_Status_IsTheAnswerAtTheFirstAttempt(HttpStatusCode status, AppletAnswer expected)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(status);

        (await session.HeartbeatAsync(Ct)).Should().Be(expected);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired)]
    [InlineData(HttpStatusCode.NetworkAuthenticationRequired)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task HeartbeatAsync_AnswerOfSomebodyElse_EndsNothing(HttpStatusCode status)
    {
        var session = await Known.JoinAsync(_server);
        _server.AnswerForeign(status).AnswerForeign(status, """{"type":"about:blank","title":"x","status":410}""", "application/problem+json");

        (await session.HeartbeatAsync(Ct)).Should().Be(AppletAnswer.Intercepted);
        (await session.HeartbeatAsync(Ct)).Should().Be(AppletAnswer.Intercepted);
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, """{"title":"The session has ended.","status":"closed","endReason":"byTechnician"}""", AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.Gone, """{"title":"The session has ended.","status":410,"code":"sessionEnded","sessionStatus":"closed"}""", AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.Unauthorized, """{"title":"Not signed in.","detail":"The applet key is not the session's present one. Join again."}""", AppletAnswer.KeyReplaced)]
    [InlineData(HttpStatusCode.Unauthorized, """{"title":"Not signed in.","status":401,"code":"unknownKey"}""", AppletAnswer.KeyReplaced)]
    [InlineData(HttpStatusCode.Conflict, """{"title":"The session's status does not permit this.","status":"active"}""", AppletAnswer.NotPermitted)]
    public async Task HeartbeatAsync_RefusalOfEitherVersion_IsBelieved(HttpStatusCode status, string json, AppletAnswer expected)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(status, json, response => response.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer"));

        (await session.HeartbeatAsync(Ct)).Should().Be(expected);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"status":"\ud83d"}""")]
    [InlineData(HttpStatusCode.Gone, """{"title":"\udc00","code":"sessionEnded"}""")]
    [InlineData(HttpStatusCode.Gone, """{"title":"Over.","code":"\ud83d\ud83d"}""")]
    public async Task HeartbeatAsync_AnswerThatIsNoText_IsNotTheServices(HttpStatusCode status, string json)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(status, json);

        (await session.HeartbeatAsync(Ct)).Should().Be(AppletAnswer.Intercepted);
    }

    public static TheoryData<Exception> NetworkFailures => [new System.Net.Sockets.SocketException(104), new IOException("reset"), new ObjectDisposedException("stream"), new HttpRequestException("refused"), new System.Security.Authentication.AuthenticationException("foreign certificate")];

    [Theory]
    [MemberData(nameof(NetworkFailures), DisableDiscoveryEnumeration = true)]
    public async Task HeartbeatAsync_WhateverANetworkThrows_IsUnreachable(Exception failure)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(_ => throw failure);

        (await session.HeartbeatAsync(Ct)).Should().Be(AppletAnswer.Unreachable);
    }

    [Theory]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, AppletAnswer.Intercepted)]
    [InlineData(HttpStatusCode.Forbidden, AppletAnswer.Intercepted)]
    [InlineData(HttpStatusCode.BadGateway, AppletAnswer.Unreachable)]
    public async Task AnyRequest_ProxyThatLetsNobodyThroughToTheServer_IsNotTheCustomersNetworkThatIsAway(HttpStatusCode refused, AppletAnswer expected)
    {
        var session = await Known.JoinAsync(_server);
        Task<HttpResponseMessage> Refuse(CancellationToken cancelled) =>
            throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "The proxy tunnel request failed.", null, refused);
        _server.Answer(Refuse).Answer(Refuse);

        (await session.HeartbeatAsync(Ct)).Should().Be(expected);
        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        watch.Current.Should().BeOfType<WatchInterrupted>().Which.IsIntercepted.Should().Be(expected == AppletAnswer.Intercepted);
    }

    [Fact]
    public async Task WatchAsync_ServerThatHasNotHeardReady_IsToldAgain()
    {
        var session = await Known.JoinAsync(_server, _time);
        var source = new EventSource();
        _server.Answer(HttpStatusCode.OK).Answer(_ => source.OpenAsync()).Answer(HttpStatusCode.OK);
        await session.ReadyAsync(new CustomerMachine("pc", MachinePlatform.Linux), Ct);

        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        await source.WriteAsync("event: status\ndata: {\"status\":\"connecting\"}\n\nevent: ping\ndata: {}\n\nevent: status\ndata: {\"status\":\"waiting\"}\n\n");
        await watch.MoveNextAsync();
        await watch.MoveNextAsync();

        _server.Requests.Select(request => request.Line.Split('/')[^1]).Should().Equal("ready", "events", "ready");
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(1, HttpStatusCode.TooManyRequests)]
    [InlineData(3, HttpStatusCode.TooManyRequests)]
    [InlineData(3, HttpStatusCode.ServiceUnavailable)]
    public async Task WatchAsync_ServerThatCannotHearReady_IsAskedAgainAfterAWait(int attempts, HttpStatusCode? refused)
    {
        var session = await Known.JoinAsync(_server, _time, new() { Attempts = attempts });
        var source = new EventSource();
        _server.Answer(HttpStatusCode.OK).Answer(_ => source.OpenAsync());
        await session.ReadyAsync(new CustomerMachine("pc", MachinePlatform.Linux), Ct);
        for (var attempt = 0; attempt < attempts; attempt++)
            _ = refused is { } status ? _server.Answer(status) : _server.Fail();
        _server.Answer(HttpStatusCode.OK);

        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        await source.WriteAsync("event: status\ndata: {\"status\":\"connecting\"}\n\nevent: status\ndata: {\"status\":\"waiting\"}\n\n");
        await watch.MoveNextAsync();
        var next = watch.MoveNextAsync().AsTask();
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var waiting = _time.NextWaitAsync(wait => wait <= TimeSpan.FromSeconds(1 << attempt));
            (await Task.WhenAny(next, waiting)).Should().BeSameAs(waiting, "who cannot be heard now is not helped by asking at once");
            _time.Advance(await waiting);
        }

        (await next).Should().BeTrue();
        watch.Current.Should().BeOfType<StatusReported>().Which.Status.Should().Be(SessionStatus.Waiting);
    }

    [Theory]
    [InlineData(false, new[] { "rebooting", "active" }, new[] { "ready", "events", "ready" })]
    [InlineData(false, new[] { "waiting", "rebooting", "active" }, new[] { "ready", "events" })]
    [InlineData(true, new[] { "rebooting", "active" }, new[] { "ready", "events" })]
    public async Task WatchAsync_WhileTheMachineRestarts_TellsReadyAgainWhereNobodyHasHeardIt(bool isHeard, string[] statuses, string[] expected)
    {
        var session = await Known.JoinAsync(_server, _time, new() { Attempts = 1 });
        var source = new EventSource();
        (isHeard ? _server.Answer(HttpStatusCode.OK) : _server.Fail()).Answer(_ => source.OpenAsync()).Answer(HttpStatusCode.OK);
        await session.ReadyAsync(new CustomerMachine("pc", MachinePlatform.Linux), Ct);

        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        await source.WriteAsync(string.Concat(statuses.Select(status => $"event: status\ndata: {{\"status\":\"{status}\"}}\n\n")));
        foreach (var _ in statuses)
            await watch.MoveNextAsync();

        _server.Requests.Select(request => request.Line.Split('/')[^1]).Should().Equal(expected);
    }

    [Fact]
    public async Task ReadyAsync_AnswerThatIsLostWhileTheStreamTellsThatItWasHeard_IsNotToldAgainAtTheNextRestart()
    {
        var session = await Known.JoinAsync(_server, _time, new() { Attempts = 1 });
        var source = new EventSource();
        var lost = new TaskCompletionSource<HttpResponseMessage>();
        _server.Answer(_ => lost.Task).Answer(_ => source.OpenAsync());
        var telling = session.ReadyAsync(new CustomerMachine("pc", MachinePlatform.Linux), Ct);
        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        await source.WriteAsync("event: status\ndata: {\"status\":\"waiting\"}\n\n");
        await watch.MoveNextAsync();

        lost.SetException(new IOException("reset"));
        (await telling).Should().Be(AppletAnswer.Unreachable);
        await source.WriteAsync("event: status\ndata: {\"status\":\"rebooting\"}\n\nevent: status\ndata: {\"status\":\"active\"}\n\n");
        await watch.MoveNextAsync();
        await watch.MoveNextAsync();

        _server.Requests.Select(request => request.Line.Split('/')[^1]).Should().Equal("ready", "events");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "unknownKey", AppletAnswer.KeyReplaced)]
    [InlineData(HttpStatusCode.Forbidden, "mobileNotCovered", AppletAnswer.MobileNotCovered)]
    [InlineData(HttpStatusCode.Conflict, "notPermitted", AppletAnswer.NotPermitted)]
    [InlineData(HttpStatusCode.Gone, "sessionEnded", AppletAnswer.SessionOver)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "storeUnavailable", AppletAnswer.Unreachable)]
    public async Task ReadyAsync_RefusalOfTheProtocol_IsAnAnswer(HttpStatusCode status, string code, AppletAnswer expected)
    {
        var session = await Known.JoinAsync(_server, options: new() { Attempts = 1 });
        _server.Answer(status, Refusal(status, code));

        (await session.ReadyAsync(new CustomerMachine("phone", MachinePlatform.Android), Ct)).Should().Be(expected);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "invalidRequest")]
    [InlineData(HttpStatusCode.Forbidden, "foreignOrigin")]
    public async Task ReadyAsync_RefusalOfWhatNoProgramDoes_IsAMistake(HttpStatusCode status, string code)
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(status, Refusal(status, code));

        var act = () => session.ReadyAsync(new CustomerMachine("host", MachinePlatform.Linux), Ct);

        (await act.Should().ThrowAsync<HttpRequestException>()).Which.Message.Should().Contain("ready").And.Contain($"{(int)status}").And.NotContain(Known.Key);
    }

    [Fact]
    public async Task WatchAsync_PhoneThatTheTechnicianMayNotSupport_GoesOnAndIsReadyOnceTheyMay()
    {
        var session = await Known.JoinAsync(_server, _time);
        var source = new EventSource();
        var uncovered = Refusal(HttpStatusCode.Forbidden, "mobileNotCovered");
        _server.Answer(HttpStatusCode.Forbidden, uncovered).Answer(_ => source.OpenAsync()).Answer(HttpStatusCode.Forbidden, uncovered).Answer(HttpStatusCode.OK);
        await session.ReadyAsync(new CustomerMachine("phone", MachinePlatform.Android), Ct);

        await using var watch = session.WatchAsync(Ct).GetAsyncEnumerator(Ct);
        await watch.MoveNextAsync();
        await source.WriteAsync("event: status\ndata: {\"status\":\"connecting\"}\n\nevent: status\ndata: {\"status\":\"connecting\"}\n\nevent: status\ndata: {\"status\":\"waiting\"}\n\n");
        await watch.MoveNextAsync();
        await watch.MoveNextAsync();
        await watch.MoveNextAsync();

        watch.Current.Should().BeOfType<StatusReported>().Which.Status.Should().Be(SessionStatus.Waiting);
        _server.Requests.Select(request => request.Line.Split('/')[^1]).Should().Equal("ready", "events", "ready", "ready");
    }

    [Fact]
    public async Task LeaveAsync_LostAnswer_IsSentAgain()
    {
        var session = await Known.JoinAsync(_server, _time);
        _server.Fail().Answer(HttpStatusCode.OK);

        var leaving = session.LeaveAsync(Ct);
        _time.Advance(await _time.NextWaitAsync(wait => wait <= TimeSpan.FromSeconds(1)));

        (await leaving).Should().Be(AppletAnswer.Accepted);
    }

    [Fact]
    public async Task KeepAliveAsync_ThroughFailures_BeatsEveryFifteenSecondsUntilTheEnd()
    {
        var session = await Known.JoinAsync(_server, _time);
        var beats = Channel.CreateUnbounded<double>();
        var start = _time.GetUtcNow();
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Gone])
        {
            _server.Answer(_ =>
            {
                beats.Writer.TryWrite((_time.GetUtcNow() - start).TotalSeconds);
                return Task.FromResult(Service(status));
            });
        }

        var life = session.KeepAliveAsync(Ct);
        for (var beat = 1; beat <= 3; beat++)
        {
            _time.Advance(TimeSpan.FromSeconds(14));
            _time.Advance(TimeSpan.FromSeconds(1));
            (await beats.Reader.ReadAsync(Ct)).Should().Be(beat * 15);
        }

        (await life).Should().Be(AppletAnswer.SessionOver);
    }

    [Fact]
    public async Task KeepAliveAsync_KeyReplaced_Stops()
    {
        var session = await Known.JoinAsync(_server, _time);
        _server.Answer(HttpStatusCode.Unauthorized);

        var life = session.KeepAliveAsync(Ct);
        _time.Advance(TimeSpan.FromSeconds(15));

        (await life).Should().Be(AppletAnswer.KeyReplaced);
    }

    [Fact]
    public async Task ToString_Always_HidesTheKey()
    {
        var session = await Known.JoinAsync(_server);

        session.ToString().Should().Contain("s1").And.NotContain(Known.Key);
    }

    private static string Refusal(HttpStatusCode status, string code) => $$"""{"title":"Refused.","status":{{(int)status}},"code":"{{code}}"}""";

    private static HttpResponseMessage Service(HttpStatusCode status) => new(status)
    {
        Content = status == HttpStatusCode.OK
            ? new StringContent("""{"status":"waiting"}""", System.Text.Encoding.UTF8, "application/json")
            : new StringContent("""{"title":"x","code":"x"}""", System.Text.Encoding.UTF8, "application/problem+json")
    };

    [Fact]
    public void Detect_ThisMachine_HasANameAndThePlatform()
    {
        var machine = CustomerMachine.Detect();

        machine.HostName.Should().Be(Environment.MachineName);
        machine.Platform.ToString().Should().Be(OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "MacOS" : "Linux");
    }
}
