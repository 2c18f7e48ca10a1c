using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Applet.Tests.Support;
using RescueApplet;
using RescueApplet.Languages;

namespace Rescue.Sessions.Applet.Tests.Program;

public sealed class AppletProgramTests : IDisposable
{
    private const string Ended = """{"title":"The session has ended.","status":410,"code":"sessionEnded","sessionStatus":"closed","endReason":"byTechnician"}""";

    private const string WithTerms = $$"""{"sessionId":"s1","appletKey":"{{Known.Key}}","terms":"Our terms."}""";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedServer _server = new();
    private readonly StringWriter _output = new();

    public AppletProgramTests() => Language.Use(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task RunAsync_LinkFileBesideTheProgram_IsUsed()
    {
        _folder.File("session.link", "https://support.example/Customer/Code.aspx?i=2&Code=012345&k=q83vEjRWeJq83vEjRWeJqA\r\n");
        _server.Answer(HttpStatusCode.Gone);

        (await RunAsync("")).Should().Be(ExitCode.ExpiredOrEnded);

        _server.Requests.Single().Line.Should().Be("POST https://support.example/applet/join");
    }

    [Fact]
    public async Task RunAsync_LinkFileThatOnlyNamesTheServer_AsksForThePin()
    {
        _folder.File("session.link", "https://support.example/help/Customer");
        _server.Answer(HttpStatusCode.Gone);

        (await RunAsync("012 345\n")).Should().Be(ExitCode.ExpiredOrEnded);

        _server.Requests.Single().Line.Should().Be("POST https://support.example/help/applet/join");
        _server.Requests.Single().Body.Should().Contain("\"pin\":\"012345\"");
    }

    [Fact]
    public async Task RunAsync_NothingKnown_AsksForPinAndServer()
    {
        _server.Answer(HttpStatusCode.Gone);

        (await RunAsync("hello\n012345\nsupport.example\n")).Should().Be(ExitCode.ExpiredOrEnded);

        _output.ToString().Should().Contain(Texts.CodeNotUnderstood).And.Contain(Texts.AskServer);
        _server.Requests.Single().Line.Should().Be("POST https://support.example/applet/join");
    }

    [Theory]
    [InlineData("session (1).link")]
    [InlineData("Session.link")]
    [InlineData("session.link.txt")]
    [InlineData("SESSION.LINK")]
    public async Task RunAsync_LinkFileOfAnotherName_IsFoundByItsContent(string name)
    {
        _folder.File(name, LinkOf("help.example", "0123456789abcdefghjkmnpqrs"));
        _server.Answer(HttpStatusCode.Gone);

        (await RunAsync("")).Should().Be(ExitCode.ExpiredOrEnded);

        _server.Requests.Single().Line.Should().Be("POST https://help.example/applet/join");
    }

    [Fact]
    public async Task RunAsync_SeveralLinkFiles_TriesTheNewestFirstAndSaysWhich()
    {
        var day = new DateTime(2026, 11, 28, 9, 0, 0, DateTimeKind.Local);
        File.SetLastWriteTime(_folder.File("session.link", LinkOf("one.example", "0123456789abcdefghjkmnpqrs")), day);
        File.SetLastWriteTime(_folder.File("session (2).link", LinkOf("two.example", "1123456789abcdefghjkmnpqrs")), day.AddHours(1));
        File.SetLastWriteTime(_folder.File("session (1).link", LinkOf("three.example", "2123456789abcdefghjkmnpqrs")), day.AddHours(2));
        _folder.File("notes.link.txt", "nothing");
        _server.Answer(HttpStatusCode.Gone).Answer(HttpStatusCode.Conflict).Answer(HttpStatusCode.UpgradeRequired);

        (await RunAsync("")).Should().Be(ExitCode.Outdated);

        _server.Requests.Select(request => new Uri(request.Line.Split(' ')[1]).Host).Should().Equal("three.example", "two.example", "one.example");
        _output.ToString().Should().Contain("session (1).link, saved on 2026-11-28 11:00").And.Contain("session.link, saved on 2026-11-28 09:00");
    }

    [Fact]
    public async Task RunAsync_ShortPinThenPinForTheAddress_IsAskedForWhatIsMissing()
    {
        _server.Answer(HttpStatusCode.Gone);

        (await RunAsync("12\n\u0660\u0661\u0662\u0663\u0664\u0665\n000000\nsupport.example\n")).Should().Be(ExitCode.ExpiredOrEnded);

        var said = _output.ToString();
        said.IndexOf(Texts.CodeNotUnderstood, StringComparison.Ordinal).Should().BeLessThan(said.IndexOf(Texts.AskServer, StringComparison.Ordinal));
        said.Should().Contain(Texts.PinIsNoAddress);
        _server.Requests.Single().Line.Should().Be("POST https://support.example/applet/join");
        _server.Requests.Single().Body.Should().Contain("012345");
    }

    [Theory]
    [InlineData("618 689")]
    [InlineData("618\u2013689")]
    [InlineData("\uFF16\uFF11\uFF18\uFF16\uFF18\uFF19")]
    public async Task RunAsync_WhatLooksLikeAPin_IsOne(string pin)
    {
        _server.Answer(HttpStatusCode.Gone);

        await RunAsync("", pin, "--server", "https://support.example");

        _server.Requests.Single().Body.Should().Contain("\"pin\":\"618689\"");
    }

    [Fact]
    public async Task RunAsync_NowhereToKeepTheInstance_JoinsAndSaysWhatItMeans()
    {
        var noFolder = Path.Combine(_folder.File("file", ""), "below");
        _server.Answer(HttpStatusCode.OK, """{"sessionId":"s1","appletKey":"k","technician":"Ada"}""").Answer(HttpStatusCode.Gone);

        var exitCode = await new AppletProgram(
                Known.Applet(_server), new Terminal(new StringReader(""), _output), noFolder, TimeProvider.System, noFolder)
            .RunAsync([LinkOf("support.example", "0123456789abcdefghjkmnpqrs")], TestContext.Current.CancellationToken);

        exitCode.Should().Be(ExitCode.Done);
        _output.ToString().Should().Contain(Texts.NotKept).And.Contain("This is the session that Ada has prepared for you.");
    }

    [Fact]
    public async Task RunAsync_SessionThatEndedBeforeReady_SaysHow()
    {
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer).Answer(HttpStatusCode.Gone, Ended);

        (await RunAsync("", LinkOf("support.example", "0123456789abcdefghjkmnpqrs"))).Should().Be(ExitCode.Done);

        _output.ToString().Should().Contain(Texts.EndedByTechnician).And.NotContain(Texts.Ended);
    }

    [Fact]
    public async Task RunAsync_PhoneThatTheTechnicianMayNotSupport_SaysSoAndGoesOnToTheEnd()
    {
        const string Uncovered = """{"title":"The technician cannot support phones and tablets.","status":403,"code":"mobileNotCovered","sessionStatus":"connecting"}""";
        var source = new EventSource();
        await source.WriteAsync("event: status\ndata: {\"status\":\"connecting\"}\n\nevent: status\ndata: {\"status\":\"closed\",\"endReason\":\"revoked\"}\n\n");
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer).Answer(HttpStatusCode.Forbidden, Uncovered).Answer(_ => source.OpenAsync()).Answer(HttpStatusCode.Forbidden, Uncovered);

        (await RunAsync("", LinkOf("support.example", "0123456789abcdefghjkmnpqrs"))).Should().Be(ExitCode.Done);

        _output.ToString().Should().ContainAll(Texts.Joined, Texts.MobileNotCovered, Texts.EndedByRevocation);
    }

    [Fact]
    public async Task RunAsync_SessionThatEndedDuringSleep_SaysHowThoughTheLineIsDead()
    {
        var time = new SteppedTime();
        var dead = new EventSource();
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer).Answer(HttpStatusCode.OK).Answer(_ => dead.OpenAsync()).Answer(HttpStatusCode.Gone, Ended);
        var program = new AppletProgram(
            Known.Applet(_server, time), new Terminal(new StringReader(""), _output), _folder.Path, time, Path.Combine(_folder.Path, "data"));

        var running = program.RunAsync([LinkOf("support.example", "0123456789abcdefghjkmnpqrs")], TestContext.Current.CancellationToken);
        await time.NextWaitAsync(wait => wait == new SupportAppletOptions().EventsIdleTimeout);
        time.Advance(new SupportAppletOptions().HeartbeatInterval);

        (await running.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)).Should().Be(ExitCode.Done);
        _output.ToString().Should().Contain(Texts.EndedByTechnician).And.NotContain(Texts.Ended);
    }

    /// <summary>Whoever is stopped is ended soon; at the end of the input nobody ends the program, and a slow line's goodbye arrives.</summary>
    [Theory]
    [InlineData(true, false, nameof(Texts.Left))]
    [InlineData(true, true, nameof(Texts.LeftUntold))]
    [InlineData(false, true, nameof(Texts.LeftUntold))]
    public async Task RunAsync_GoodbyeOnASlowLine_IsGivenUpByWhoIsStoppedAlone(bool inputEnds, bool isStopped, string text)
    {
        var time = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var input = new Pipe();
        using var lines = new StreamReader(input.Reader.AsStream());
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer(HttpStatusCode.OK, Known.JoinAnswer)
            .Answer(async ct =>
            {
                if (inputEnds)
                    await input.Writer.CompleteAsync();
                else
                    await stop.CancelAsync();
                await heard.Task.WaitAsync(ct);
                throw new InvalidOperationException("It was to leave.");
            })
            .Answer(async ct =>
            {
                asked.SetResult();
                await heard.Task.WaitAsync(ct);
                ct.ThrowIfCancellationRequested();
                return new(HttpStatusCode.OK) { Content = new StringContent("""{"status":"closed"}""", Encoding.UTF8, "application/json") };
            });
        string[] words = [LinkOf("support.example", "0123456789abcdefghjkmnpqrs"), .. inputEnds ? (string[])["--leave-on-eof"] : []];

        var running = new AppletProgram(Known.Applet(_server, time), new Terminal(lines, _output), _folder.Path, time, Path.Combine(_folder.Path, "data")).RunAsync(words, stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        if (isStopped)
            await stop.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(15));
        heard.SetResult();

        (await running.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)).Should().Be(ExitCode.Done);
        _output.ToString().TrimEnd().Should().EndWith(Texts.Resources.GetString(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task RunAsync_TermsDeclinedWhileNobodyHearsIt_IsToldUntilSomebodyDoes(HttpStatusCode answer)
    {
        _server.Answer(HttpStatusCode.OK, WithTerms).Fail().AnswerForeign(HttpStatusCode.Redirect).Answer(answer).Answer(HttpStatusCode.OK);

        (await RunOnceAskingAsync(new StringReader("no\n"), CancellationToken.None)).Should().Be(ExitCode.Declined);

        _output.ToString().TrimEnd().Should().EndWith(string.Join(Environment.NewLine, Texts.ConnectionLost, Texts.Intercepted, Texts.TermsDeclined));
        VerbsSaid().Should().Equal(answer == HttpStatusCode.OK ? ["join", "decline", "decline", "decline"] : ["join", "decline", "decline", "decline", "leave"]);
    }

    [Fact]
    public async Task RunAsync_TermsDeclinedInARestartedSessionWhileNobodyHearsIt_IsToldUntilSomebodyDoes()
    {
        _server.Answer(HttpStatusCode.OK, WithTerms).Answer(HttpStatusCode.Conflict).Fail().Answer(HttpStatusCode.Conflict).Answer(HttpStatusCode.OK);

        (await RunOnceAskingAsync(new StringReader("no\n"), CancellationToken.None)).Should().Be(ExitCode.Declined);

        _output.ToString().Should().Contain(Texts.ConnectionLost).And.Contain(Texts.TermsDeclined);
        VerbsSaid().Should().Equal("join", "decline", "leave", "decline", "leave");
    }

    [Fact]
    public async Task RunAsync_TermsDeclinedWhereTheProgramWasStartedAgain_SaysThatItGoesOnThere()
    {
        _server.Answer(HttpStatusCode.OK, WithTerms).Answer(HttpStatusCode.Unauthorized);

        (await RunAsync("no\n", LinkOf("support.example", "0123456789abcdefghjkmnpqrs"))).Should().Be(ExitCode.Replaced);

        _output.ToString().Should().Contain(Texts.Replaced).And.NotContain(Texts.TermsDeclined);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ExitCode.Replaced, nameof(Texts.Replaced))]
    [InlineData(HttpStatusCode.BadGateway, ExitCode.Done, nameof(Texts.LeftUntold))]
    [InlineData(HttpStatusCode.OK, ExitCode.Done, nameof(Texts.Left))]
    public async Task RunAsync_StoppedAtTheTerms_SaysWhatBecomesOfTheSession(HttpStatusCode answer, object expected, string text)
    {
        using var stop = new CancellationTokenSource();
        using var input = new StoppingReader(stop);
        _server.Answer(HttpStatusCode.OK, WithTerms).Answer(answer);

        (await RunOnceAskingAsync(input, stop.Token)).Should().Be((ExitCode)expected);

        _output.ToString().TrimEnd().Should().EndWith(Texts.Resources.GetString(text, System.Globalization.CultureInfo.InvariantCulture));
        VerbsSaid().Should().Equal("join", "leave");
    }

    [Theory]
    [InlineData("/?")]
    [InlineData("/help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task RunAsync_HelpAsPeopleAskForIt_IsGiven(string word)
    {
        (await RunAsync("", word)).Should().Be(ExitCode.Done);

        _output.ToString().Should().Contain("--leave-on-eof");
    }

    [Fact]
    public async Task RunAsync_PastedLink_NeedsNoServer()
    {
        _server.Answer(HttpStatusCode.Gone);

        await RunAsync("https://support.example/Customer/Code.aspx?i=2&Code=012345&k=q83vEjRWeJq83vEjRWeJqA\n");

        _server.Requests.Single().Body.Should().Contain("\"token\"");
    }

    [Fact]
    public async Task RunAsync_WrongTypedPin_MayBeTypedAgainTwice()
    {
        _server.Answer(HttpStatusCode.NotFound).Answer(HttpStatusCode.NotFound).Answer(HttpStatusCode.NotFound);

        (await RunAsync("111111\n222222\n333333\n444444\n", "--server", "https://support.example")).Should().Be(ExitCode.CodeNotAccepted);

        _server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task RunAsync_WrongPinOnTheCommandLine_IsNotAskedForAgain()
    {
        _server.Answer(HttpStatusCode.NotFound);

        (await RunAsync("222222\n", "111111", "--server", "https://support.example")).Should().Be(ExitCode.CodeNotAccepted);

        _server.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task RunAsync_NoInput_EndsWithoutACode()
    {
        (await RunAsync("")).Should().Be(ExitCode.CodeNotAccepted);

        _output.ToString().Should().Contain(Texts.CodeMissing);
    }

    [Theory]
    [InlineData("http://support.example/Customer/Code.aspx?Code=012345", nameof(Texts.AddressInsecure))]
    [InlineData("https://support.example/Customer/Code.aspx?Code=012345&k=short", nameof(Texts.LinkDamaged))]
    public async Task RunAsync_UnusableLink_SendsNothing(string link, string text)
    {
        (await RunAsync("", link)).Should().Be(ExitCode.CodeNotAccepted);

        _output.ToString().Should().Contain(Texts.Resources.GetString(text, System.Globalization.CultureInfo.InvariantCulture));
        _server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_FileThatIsNotThere_IsNamedWithoutItsFolder()
    {
        (await RunAsync("", Path.Combine(_folder.Path, "lost.link"))).Should().Be(ExitCode.CodeNotAccepted);

        _output.ToString().Should().Contain("lost.link").And.NotContain(_folder.Path);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--server")]
    [InlineData("--language", "no such language")]
    [InlineData("111111", "222222")]
    public async Task RunAsync_WrongCommandLine_PointsToTheHelp(params string[] words) =>
        (await RunAsync("", words)).Should().Be(ExitCode.Usage);

    [Fact]
    public async Task RunAsync_Help_ListsEveryExitCode()
    {
        (await RunAsync("", "--help")).Should().Be(ExitCode.Done);

        foreach (var code in Enum.GetValues<ExitCode>())
            _output.ToString().Should().Contain($"{(int)code} ");
    }

    [Fact]
    public async Task RunAsync_AnyEnd_ShowsNoSecret()
    {
        _server.Answer(HttpStatusCode.Gone);

        await RunAsync("", "https://support.example/Customer/Code.aspx?i=2&Code=012345&k=q83vEjRWeJq83vEjRWeJqA");

        _output.ToString().Should().NotContain("012345").And.NotContain("q83vEjRWeJq83vEjRWeJqA");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _server.Dispose();
    }

    private static string LinkOf(string host, string token) => $"https://{host}/Customer/Code.aspx?i=2&Code=012345&k={token}\r\n";

    private IEnumerable<string> VerbsSaid() => _server.Requests.Select(request => request.Line.Split('/')[^1]);

    // No request is tried twice, so that nobody waits.
    private Task<ExitCode> RunOnceAskingAsync(TextReader input, CancellationToken stop) =>
        new AppletProgram(
                Known.Applet(_server, options: new() { Attempts = 1 }), new Terminal(input, _output), _folder.Path, TimeProvider.System, Path.Combine(_folder.Path, "data"))
            .RunAsync([LinkOf("support.example", "0123456789abcdefghjkmnpqrs")], stop);

    private Task<ExitCode> RunAsync(string input, params string[] words) =>
        new AppletProgram(Known.Applet(_server), new Terminal(new StringReader(input), _output), _folder.Path, TimeProvider.System, Path.Combine(_folder.Path, "data"))
            .RunAsync(words, TestContext.Current.CancellationToken);
}
