namespace HelpDesk.AtActive;

/// <summary>
/// Where the technician and the customer of one active session hear each other. What they say is theirs: chat, and how their browsers reach each other.
/// </summary>
internal sealed class AssistRoom
{
    private readonly AssistLine?[] _ends = new AssistLine?[2];
    private volatile bool _isOver;

    private static ReadOnlyMemory<byte> Here { get; } = """{"kind":"here"}"""u8.ToArray();

    private static ReadOnlyMemory<byte> Gone { get; } = """{"kind":"gone"}"""u8.ToArray();

    public Task BringTechnicianAsync(AssistLine line, CancellationToken cancellationToken) => BringAsync(line, 0, cancellationToken);

    public Task BringCustomerAsync(AssistLine line, CancellationToken cancellationToken) => BringAsync(line, 1, cancellationToken);

    /// <summary>Hangs up for both, at once.</summary>
    public async Task EndAsync()
    {
        _isOver = true;
        for (var end = 0; end < _ends.Length; end++)
        {
            if (Volatile.Read(ref _ends[end]) is { } line)
                await line.CloseAsync();
        }
    }

    private async Task BringAsync(AssistLine line, int end, CancellationToken cancellationToken)
    {
        // Whoever comes again, from another window, takes the place of whom they were.
        var earlier = Interlocked.Exchange(ref _ends[end], line);
        try
        {
            if (earlier is not null)
                await earlier.CloseAsync(AssistLine.TakenOver);
            if (!_isOver && Volatile.Read(ref _ends[1 - end]) is { } there)
            {
                await there.SendAsync(Here, cancellationToken);
                await line.SendAsync(Here, cancellationToken);
            }

            while (!_isOver && await line.ReceiveAsync(cancellationToken) is { } message)
                await TellAsync(1 - end, message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The line was cut.
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _ends[end], null, line) == line && !_isOver)
                await TellAsync(1 - end, Gone, CancellationToken.None);
        }
    }

    private Task TellAsync(int end, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        Volatile.Read(ref _ends[end])?.SendAsync(message, cancellationToken) ?? Task.CompletedTask;
}
