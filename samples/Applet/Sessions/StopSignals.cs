using System.Runtime.InteropServices;

namespace RescueApplet.Sessions;

/// <summary>Turns Ctrl+C, a request to end, and the closing of the window into a wish to leave; a second Ctrl+C ends the program at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(4.5);

    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _finished = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
        : this(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP)
    {
    }

    public StopSignals(params PosixSignal[] signals) => _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _stop.Token;

    /// <summary>Tells that the last words are said. From then on the program ends at once, as any other.</summary>
    public void Dispose()
    {
        _finished.Set();
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();

        // Windows ends the program when this returns after a closed window or a shutdown, so the goodbye must be out by then.
        if (OperatingSystem.IsWindows() && context.Signal != PosixSignal.SIGINT)
            _finished.Wait(LastWords);
    }
}
