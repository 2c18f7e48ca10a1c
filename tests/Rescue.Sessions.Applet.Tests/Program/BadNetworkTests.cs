using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Applet.Tests.Support;
using RescueApplet;

namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>The customer's program as a process behind a network that misbehaves.</summary>
public sealed class BadNetworkTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Theory]
    [InlineData("200 OK")]
    [InlineData("302 Found\r\nLocation: http://portal.example/")]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("407 Proxy Authentication Required")]
    [InlineData("410 Gone")]
    public async Task Run_ForeignAnswersDuringASession_EndNothing(string status)
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        await using var network = new FaultProxy(desk.Server);
        using var applet = new AppletProcess(_home.Path, LinkThrough(network));
        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"waiting"}""");
        await ReadUntilAsync(applet, "Waiting for a technician.");

        (network.Answer, network.Fault) = (Portal(status), Fault.Answer);
        network.Cut();
        await ReadUntilAsync(applet, "sign in to the network");
        network.Fault = Fault.None;
        await ReadUntilAsync(applet, "You are connected again.");
        desk.Tell("""{"status":"closed","endReason":"byTechnician"}""");

        var (exitCode, output, errors) = await applet.EndAsync();
        output.Trim().Should().Be("The technician has ended the session. Thank you.");
        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }

    [Theory]
    [InlineData(Fault.Reset, "cannot be reached yet")]
    [InlineData(Fault.Answer, "sign in to the network")]
    public async Task Run_NetworkThatComesLater_SaysWhatItWaitsForAndJoins(object fault, string words)
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        await using var network = new FaultProxy(desk.Server) { Fault = (Fault)fault, Answer = Portal("404 Not Found") };
        using var applet = new AppletProcess(_home.Path, LinkThrough(network));

        (await ReadUntilAsync(applet, words)).Should().Contain("to stop, close this window or press Ctrl+C");
        await network.FaultsAsync(1);
        network.Fault = Fault.None;

        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"closed"}""");
        (await applet.EndAsync()).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_StoppedBeforeJoining_DoesNotSayThatASessionWasLeft()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await FakeHelpDesk.StartAsync();
        await using var network = new FaultProxy(desk.Server) { Fault = Fault.Reset };
        using var applet = new AppletProcess(_home.Path, LinkThrough(network));
        await ReadUntilAsync(applet, "cannot be reached yet");

        Signal(applet, "INT");

        var (exitCode, output, _) = await applet.EndAsync();
        output.Trim().Should().Be("You have stopped before the session began. You can close this window.");
        exitCode.Should().Be((int)ExitCode.Unreachable);
    }

    [Fact]
    public async Task Run_LeavingWithoutAConnection_IsSaidHonestly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await FakeHelpDesk.StartAsync();
        await using var network = new FaultProxy(desk.Server);
        using var applet = new AppletProcess(_home.Path, LinkThrough(network));
        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"waiting"}""");
        await ReadUntilAsync(applet, "Waiting for a technician.");
        network.Fault = Fault.Reset;
        network.Cut();
        await ReadUntilAsync(applet, "The connection was lost.");

        Signal(applet, "TERM");

        (await applet.EndAsync()).Output.Should().Contain("could not be told").And.NotContain("You have left the session");
    }

    [Fact]
    public async Task Run_AsleepWhileTheNetworkGoesAway_GoesOnAfterWaking()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await FakeHelpDesk.StartAsync();
        await using var network = new FaultProxy(desk.Server);
        using var applet = new AppletProcess(_home.Path, LinkThrough(network));
        await desk.ExpectAsync("ready");
        desk.Tell("""{"status":"waiting"}""");
        await ReadUntilAsync(applet, "Waiting for a technician.");

        Signal(applet, "STOP");
        network.Fault = Fault.Reset;
        network.Cut();
        Signal(applet, "CONT");
        await network.FaultsAsync(1);
        network.Fault = Fault.None;
        await ReadUntilAsync(applet, "You are connected again.");
        desk.Tell("""{"status":"active","technician":"Ada"}""");
        desk.Tell("""{"status":"closed","endReason":"byTechnician"}""");

        var (exitCode, output, _) = await applet.EndAsync();
        output.Should().Contain("Ada has started the session.");
        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_ServerThatMissesTheApplet_LeadsToNoContradiction()
    {
        await using var desk = await FakeHelpDesk.StartAsync();
        using var applet = new AppletProcess(_home.Path, desk.Link);
        await desk.ExpectAsync("ready");
        foreach (var status in (string[])["active", "reconnecting", "offline", "active", "closed"])
            desk.Tell($$"""{"status":"{{status}}","technician":"Ada"}""");

        var (_, output, _) = await applet.EndAsync();

        output.Split('\n').Count(line => line.Contains("has started the session", StringComparison.Ordinal)).Should().Be(1);
    }

    public void Dispose() => _home.Dispose();

    private static string Portal(string status) =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n<html>Welcome</html>";

    private static string LinkThrough(FaultProxy network) => $"{network.Server}/Customer/Code.aspx?i=2&Code={Known.Pin}&k={Known.Token}";

    private static void Signal(AppletProcess applet, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, applet.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<string> ReadUntilAsync(AppletProcess applet, string words)
    {
        while (await applet.ReadLineAsync() is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The program ended without saying '{words}'.");
    }
}
