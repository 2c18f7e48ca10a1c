using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using RescueApplet.Sessions;

namespace Rescue.Sessions.Applet.Tests.Program;

[UnsupportedOSPlatform("windows")]
public sealed class StopSignalsTests
{
    // One that ends no test, and that nobody who starts them has ignored.
    private const PosixSignal Signal = PosixSignal.SIGWINCH;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_Signal_AsksToLeaveUntilTheLastWordsAreSaid(bool areSaid)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        var (first, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var before = PosixSignalRegistration.Create(Signal, _ => first.TrySetResult());
        using var stop = new StopSignals(Signal);
        if (areSaid)
            stop.Dispose();
        using var after = PosixSignalRegistration.Create(Signal, _ => last.TrySetResult());

        using var kill = Process.Start("kill", ["-s", "WINCH", $"{Environment.ProcessId}"]);
        await Task.WhenAll(first.Task, last.Task).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        stop.Token.IsCancellationRequested.Should().Be(!areSaid);
    }
}
