using System.Net;
using System.Threading.Channels;
using Rescue.Sessions.Applet.Machines;
using Rescue.Sessions.Applet.Tests.Support;

namespace Rescue.Sessions.Applet.Tests.Sessions;

public sealed class AppletSessionTests : IDisposable
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    readonly SteppedTime _time = new();
    readonly ScriptedServer _server = new();

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
        _server.Answer(HttpStatusCode.NoContent);

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

    [Fact]
    public async Task ReadyAsync_RejectedValue_IsAMistake()
    {
        var session = await Known.JoinAsync(_server);
        _server.Answer(HttpStatusCode.BadRequest);

        var act = () => session.ReadyAsync(new CustomerMachine("host", MachinePlatform.Linux), Ct);

        (await act.Should().ThrowAsync<HttpRequestException>()).Which.Message.Should().Contain("ready").And.Contain("400").And.NotContain(Known.Key);
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
                return Task.FromResult(new HttpResponseMessage(status));
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

    [Fact]
    public void Detect_ThisMachine_HasANameAndThePlatform()
    {
        var machine = CustomerMachine.Detect();

        machine.HostName.Should().Be(Environment.MachineName);
        machine.Platform.ToString().Should().Be(OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "MacOS" : "Linux");
    }
}
