namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>A customer who presses Ctrl+C at the first question.</summary>
internal sealed class StoppingReader(CancellationTokenSource stop) : TextReader
{
    private readonly ManualResetEventSlim _isOver = new();

    public override string? ReadLine()
    {
        stop.Cancel();
        _isOver.Wait(TimeSpan.FromMinutes(2));
        return null;
    }

    protected override void Dispose(bool disposing)
    {
        _isOver.Set();
        base.Dispose(disposing);
    }
}
