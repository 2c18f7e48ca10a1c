using System.Diagnostics;
using Rescue.Sessions.Applet.Tests.Support;
using RescueApplet;

namespace Rescue.Sessions.Applet.Tests.Program;

public sealed class AppletProcessTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Fact]
    public async Task Run_LinkFile_GoesThroughAWholeSession()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, _home.File("session.link", desk.Link + "\n"));

        (await desk.ExpectAsync("ready")).Should().Contain(Environment.MachineName);
        desk.Tell("""{"status":"waiting"}""");
        desk.Tell("""{"status":"active","technician":"Ada Lovelace"}""");
        desk.Tell("""{"status":"closed","endReason":"byTechnician"}""");
        var (exitCode, output, errors) = await applet.EndAsync();

        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            $"Connecting to {new Uri(desk.Server).Authority} ...",
            "You are connected. Keep this window open; closing it ends the session.",
            "Waiting for a technician.",
            "Ada Lovelace has started the session.",
            "The technician has ended the session. Thank you.");
        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_SomebodyElseComesAndGoes_TheCustomerIsToldOnce()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, _home.File("session.link", desk.Link + "\n"));

        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"waiting","guests":["Katherine"]}""");
        desk.Tell("""{"status":"waiting","guests":["Katherine","Dr Johnson"]}""", "guests");
        desk.Tell("""{"status":"active","technician":"Ada","guests":["Katherine","Dr Johnson"]}""");
        desk.Tell("""{"status":"active","technician":"Ada","guests":["Dr Johnson"]}""", "guests");
        desk.Tell("""{"status":"active","technician":"Ada","guests":null}""", "guests");
        desk.Tell("""{"status":"active","technician":"Ada","guests":["Katherine"]}""", "guests");
        desk.Tell("""{"status":"closed","endReason":"byTechnician"}""");
        var (_, output, _) = await applet.EndAsync();

        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(2).Should().Equal(
            "Waiting for a technician.",
            "Katherine takes part, too: whoever helps you has invited them.",
            "Dr Johnson takes part, too: whoever helps you has invited them.",
            "Ada has started the session.",
            "Katherine no longer takes part.",
            "Dr Johnson no longer takes part.",
            "Katherine takes part, too: whoever helps you has invited them.",
            "The technician has ended the session. Thank you.");
    }

    [Fact]
    public async Task Run_StartedAgain_JoinsWithTheSameInstance()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        var file = _home.File("session.link", desk.Link);

        for (var run = 0; run < 2; run++)
        {
            using var applet = new AppletProcess(_home.Path, file);
            await desk.ExpectAsync("ready");
            desk.Tell("""{"status":"closed"}""");
            (await applet.EndAsync()).ExitCode.Should().Be(0);
        }

        desk.Joins.Should().HaveCount(2);
        desk.Joins.Distinct().Should().HaveCount(1);
        Directory.GetFiles(_home.Path, "session.secret", SearchOption.AllDirectories).Should().ContainSingle().Which.Should().Contain("RescueApplet");
    }

    [Fact]
    public async Task Run_InputClosed_LeavesWhenAskedTo()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, desk.Link, "--leave-on-eof");
        await desk.ExpectAsync("ready");

        applet.Input.Close();

        await desk.ExpectAsync("leave");
        var (exitCode, output, _) = await applet.EndAsync();
        output.Should().Contain("You have left the session.");
        exitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Run_Signal_Leaves(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, desk.Link);
        await desk.ExpectAsync("ready");

        using var kill = Process.Start("kill", ["-s", signal, applet.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        await desk.ExpectAsync("leave");
        (await applet.EndAsync()).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_SignalWhileTheMachineRestarts_KeepsTheSession()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, desk.Link);
        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"rebooting","technician":"Ada"}""");
        while (await applet.ReadLineAsync() is { } line && !line.StartsWith("The technician is restarting", StringComparison.Ordinal))
        {
        }

        using var kill = Process.Start("kill", ["-s", "TERM", applet.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var (exitCode, output, _) = await applet.EndAsync();

        output.Trim().Should().Be("The session goes on when you start this program again.");
        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_TypedPin_IsAskedForInTheCustomersLanguage()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, "--server", desk.Server, "--language", "fr");

        (await applet.ReadLineAsync()).Should().Contain("code PIN");
        await applet.Input.WriteLineAsync("012-345".AsMemory(), TestContext.Current.CancellationToken);
        await applet.Input.FlushAsync(TestContext.Current.CancellationToken);
        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"active"}""");
        desk.Tell("""{"status":"closed"}""");

        (await applet.EndAsync()).Output.Should().Contain("Un technicien a démarré la session.").And.Contain("La session est terminée.");
        desk.Joins.Single().Should().Contain("\"pin\":\"012345\"");
    }

    [Theory]
    [InlineData(404, ExitCode.CodeNotAccepted, "not accepted")]
    [InlineData(410, ExitCode.ExpiredOrEnded, "expired")]
    [InlineData(409, ExitCode.UsedByAnother, "another computer")]
    [InlineData(429, ExitCode.TooManyTries, "wait 1 min,")]
    public async Task Run_Refusal_IsSaidInPlainWordsAndByTheExitCode(int status, object expected, string words)
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        desk.JoinStatus = status;
        using var applet = new AppletProcess(_home.Path, desk.Link);

        var (exitCode, output, errors) = await applet.EndAsync();

        exitCode.Should().Be((int)(ExitCode)expected);
        output.Should().Contain(words);
        errors.Should().BeEmpty();
    }

    public void Dispose() => _home.Dispose();
}
