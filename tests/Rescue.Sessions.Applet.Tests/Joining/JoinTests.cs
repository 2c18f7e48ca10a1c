using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Tests.Support;

namespace Rescue.Sessions.Applet.Tests.Joining;

public sealed class JoinTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly SteppedTime _time = new();
    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task JoinAsync_Link_SendsTokenAndInstanceToTheServerOfTheLink()
    {
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer);

        var result = await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<Joined>().Which.Session.SessionId.Should().Be("s1");
        _server.Requests.Should().Equal(new ScriptedRequest(
            "POST https://support.example/help/applet/join", $$"""{"token":"{{Known.Token}}","instance":"instance-1","protocol":1}""", null, null));
    }

    [Theory]
    [InlineData("fr-CA", "fr-CA")]
    [InlineData("zh-Hans", "zh-Hans")]
    [InlineData("", null)]
    public async Task JoinAsync_SaysWhichLanguageTheCustomerReads(string culture, string? expected)
    {
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer);
        var former = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct);
        }
        finally
        {
            CultureInfo.CurrentUICulture = former;
        }

        _server.Language.Should().Be(expected);
    }

    [Fact]
    public async Task JoinAsync_NamesAndTermsThatSteerAWindow_ComeAsText()
    {
        _server.Answer(HttpStatusCode.OK, """{"sessionId":"s1","appletKey":"k1","technician":"Ada\u001B[2J\nEve","terms":"One.\r\nTwo.\u009B2J"}""");

        var result = await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<Joined>().Which.Should().BeEquivalentTo(new { Technician = "Ada\uFFFD[2J Eve", Terms = "One.\nTwo.\uFFFD2J" });
    }

    [Fact]
    public async Task JoinAsync_Pin_SendsItAsAStringWithItsLeadingZero()
    {
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer);

        await Known.Applet(_server).JoinAsync(Known.Parse("https://support.example/Customer/Code.aspx?Code=012345"), Known.Instance, Ct);

        _server.Requests.Single().Body.Should().Be("""{"pin":"012345","instance":"instance-1","protocol":1}""");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, JoinRefusal.Malformed)]
    [InlineData(HttpStatusCode.NotFound, JoinRefusal.Invalid)]
    [InlineData(HttpStatusCode.Conflict, JoinRefusal.UsedByAnother)]
    [InlineData(HttpStatusCode.Gone, JoinRefusal.ExpiredOrEnded)]
    [InlineData(HttpStatusCode.TooManyRequests, JoinRefusal.TooManyTries)]
    public async Task JoinAsync_Refusal_IsAResultAndIsNotRepeated(HttpStatusCode status, JoinRefusal expected)
    {
        _server.Answer(status);

        var result = await Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinRefused>().Which.Reason.Should().Be(expected);
        _server.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task JoinAsync_RetryAfterInSeconds_IsHandedOver()
    {
        _server.Answer(HttpStatusCode.TooManyRequests, null, r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(90)));

        var result = await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinRefused>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task JoinAsync_RetryAfterAsADate_CountsFromTheClock()
    {
        var date = _time.GetUtcNow().AddSeconds(30);
        _server.Answer(HttpStatusCode.TooManyRequests, null, r => r.Headers.RetryAfter = new RetryConditionHeaderValue(date));

        var result = await Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinRefused>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task JoinAsync_LostAnswers_AsksAgainWithTheSameInstance()
    {
        _server.Fail().Answer(HttpStatusCode.ServiceUnavailable).Answer(HttpStatusCode.OK, Known.JoinAnswer);

        var joining = Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);
        await PassRetryAsync(from: 0.5, to: 1);
        await PassRetryAsync(from: 1, to: 2);

        (await joining).Should().BeOfType<Joined>();
        _server.Requests.Should().HaveCount(3);
        _server.Requests.Select(request => request.Body).Distinct().Should().HaveCount(1);
    }

    [Fact]
    public async Task JoinAsync_SilentServer_IsGivenUpAfterTheTimeLimitAndAskedAgain()
    {
        _server.Hang().Answer(HttpStatusCode.OK, Known.JoinAnswer);

        var joining = Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);
        await _time.PassAsync(new SupportAppletOptions().RequestTimeout);
        await PassRetryAsync(from: 0.5, to: 1);

        (await joining).Should().BeOfType<Joined>();
    }

    [Fact]
    public async Task JoinAsync_ServerAsksToWait_WaitsThatLong()
    {
        _server.Answer(HttpStatusCode.ServiceUnavailable, null, r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)))
            .Answer(HttpStatusCode.OK, Known.JoinAnswer);

        var joining = Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);
        await _time.PassAsync(TimeSpan.FromSeconds(7));

        (await joining).Should().BeOfType<Joined>();
    }

    [Fact]
    public async Task JoinAsync_EveryAttemptFails_SaysSoAfterTheLastOne()
    {
        _server.Fail().Fail();

        var joining = Known.Applet(_server, _time, new SupportAppletOptions { Attempts = 2 }).JoinAsync(Known.Link, Known.Instance, Ct);
        await PassRetryAsync(from: 0.5, to: 1);

        var unanswered = (await joining).Should().BeOfType<JoinUnanswered>().Which;
        unanswered.Status.Should().BeNull();
        unanswered.Cause.Should().BeOfType<HttpRequestException>();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.OK, "{}", "application/json", true)]
    [InlineData(HttpStatusCode.OK, "null", "application/json", true)]
    [InlineData(HttpStatusCode.OK, "{\"sessionId\":\"s1\"", "application/json", true)]
    [InlineData(HttpStatusCode.NoContent, "", "text/plain", true)]
    [InlineData(HttpStatusCode.Redirect, "", "text/html", true)]
    [InlineData(HttpStatusCode.BadRequest, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.Unauthorized, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.Forbidden, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.NotFound, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.NotFound, "{\"title\":\"Not Found\",\"status\":404,\"traceId\":\"1\"}", "application/problem+json", true)]
    [InlineData(HttpStatusCode.Conflict, "{\"code\":\"alreadyUsed\",\"title\":\"x\"}", "application/json", true)]
    [InlineData(HttpStatusCode.Gone, "gone", "text/plain", true)]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.TooManyRequests, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.NetworkAuthenticationRequired, "<html>", "text/html", true)]
    [InlineData(HttpStatusCode.BadGateway, "<html>", "text/html", false)]
    public async Task JoinAsync_AnswerOfSomebodyElse_IsNeverBelieved(HttpStatusCode status, string body, string type, bool isIntercepted)
    {
        _server.AnswerForeign(status, body, type);

        var result = await Known.Applet(_server, _time, new SupportAppletOptions { Attempts = 1 }).JoinAsync(Known.Link, Known.Instance, Ct);

        var unanswered = result.Should().BeOfType<JoinUnanswered>().Which;
        unanswered.Status.Should().Be(status);
        unanswered.IsIntercepted.Should().Be(isIntercepted);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "{\"title\":\"The request is not valid.\",\"errors\":{\"token\":[\"x\"]}}", JoinRefusal.Malformed)]
    [InlineData(HttpStatusCode.NotFound, "{\"title\":\"The code is not valid.\",\"reason\":\"invalid\"}", JoinRefusal.Invalid)]
    [InlineData(HttpStatusCode.Conflict, "{\"title\":\"The code was used by another applet.\",\"reason\":\"alreadyUsed\"}", JoinRefusal.UsedByAnother)]
    [InlineData(HttpStatusCode.Gone, "{\"title\":\"The code has expired.\",\"reason\":\"expired\"}", JoinRefusal.ExpiredOrEnded)]
    [InlineData(HttpStatusCode.Gone, "{\"title\":\"The code has expired.\",\"status\":410,\"code\":\"expired\"}", JoinRefusal.ExpiredOrEnded)]
    [InlineData(HttpStatusCode.Gone, "{\"title\":\"No technician is available.\",\"status\":410,\"code\":\"noTechnician\"}", JoinRefusal.ExpiredOrEnded)]
    [InlineData(HttpStatusCode.TooManyRequests, "{\"title\":\"Too many requests.\",\"detail\":\"Typed PINs are not accepted for a while.\"}", JoinRefusal.TooManyTries)]
    [InlineData(HttpStatusCode.UpgradeRequired, "{\"title\":\"The applet is too old.\",\"detail\":\"x\",\"reason\":\"appletTooOld\"}", JoinRefusal.Outdated)]
    public async Task JoinAsync_RefusalOfEitherVersion_IsBelieved(HttpStatusCode status, string json, JoinRefusal expected)
    {
        _server.Answer(status, json, response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(60)));

        var result = await Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinRefused>().Which.Reason.Should().Be(expected);
    }

    [Fact]
    public async Task JoinUntilAnsweredAsync_NetworkThatComesLater_GoesOnTryingAndTells()
    {
        _server.Fail().AnswerForeign(HttpStatusCode.Redirect).Answer(_ => throw new SocketException(104)).Answer(HttpStatusCode.ServiceUnavailable)
            .Answer(HttpStatusCode.OK, Known.JoinAnswer);
        var told = new List<bool>();

        var joining = Known.Applet(_server, _time).JoinUntilAnsweredAsync(Known.Link, Known.Instance, nothing => told.Add(nothing.IsIntercepted), Ct);
        foreach (var limit in (double[])[1, 2, 4, 8])
            await PassRetryAsync(limit / 2, limit);

        (await joining).Should().BeOfType<Joined>();
        told.Should().Equal(false, true, false, false);
    }

    [Fact]
    public async Task JoinAsync_TechnicianOfTheSession_IsHandedOver()
    {
        _server.Answer(HttpStatusCode.OK, """{"sessionId":"s1","appletKey":"k","technician":"Ada"}""");

        (await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct)).Should().BeOfType<Joined>().Which.Technician.Should().Be("Ada");
    }

    [Fact]
    public async Task JoinAsync_EndlessAnswer_IsNotReadToTheEnd()
    {
        _server.Answer(HttpStatusCode.OK, new string(' ', 100_000) + Known.JoinAnswer);

        var result = await Known.Applet(_server, _time, new SupportAppletOptions { Attempts = 1 }).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinUnanswered>();
    }

    [Theory]
    [InlineData("\\ud83d", "key", 1)]
    [InlineData("s1", "\\ud83d", 1)]
    [InlineData("s", "key", 60_000)]
    [InlineData("s1", "key\\r\\nHost: elsewhere", 1)]
    [InlineData("s1", "one two", 1)]
    [InlineData("s1", "clé", 1)]
    [InlineData("s1\\u0000", "key", 1)]
    public async Task JoinAsync_IdOrKeyThatNothingCanBeAskedWith_IsNoSession(string sessionId, string key, int times)
    {
        var id = string.Concat(Enumerable.Repeat(sessionId, times));
        _server.Answer(HttpStatusCode.OK, $$"""{"sessionId":"{{id}}","appletKey":"{{key}}"}""");

        var result = await Known.Applet(_server, _time, new SupportAppletOptions { Attempts = 1 }).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<JoinUnanswered>();
    }

    [Fact]
    public async Task JoinAsync_NewMembersInTheAnswer_AreIgnored()
    {
        _server.Answer(HttpStatusCode.OK, """{"protocol":{"version":2},"sessionId":"s1","appletKey":"k","more":[1]}""");

        var result = await Known.Applet(_server).JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<Joined>();
    }

    [Fact]
    public async Task JoinAsync_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        _server.Hang();

        var joining = Known.Applet(_server, _time).JoinAsync(Known.Link, Known.Instance, stop.Token);
        await stop.CancelAsync();

        await joining.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    private async Task PassRetryAsync(double from, double to)
    {
        var wait = await _time.NextWaitAsync(found => found <= TimeSpan.FromSeconds(to) && found >= TimeSpan.FromSeconds(from));
        _time.Advance(wait);
    }
}
