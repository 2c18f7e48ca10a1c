namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>Whose turn it is of those who may do something only one at a time, in the order in which they have asked. Thread-safe.</summary>
internal sealed class WriterTurn
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private bool isTaken;

    /// <summary>Waits for one's turn; false when it did not come in time.</summary>
    public async ValueTask<bool> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource mine;
        lock (gate)
        {
            if (!isTaken)
                return isTaken = true;
            waiting.Enqueue(mine = new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await mine.Task.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return true;
        }
        // Who was given the turn in that moment has it, and is the one who must hand it on.
        catch (TimeoutException)
        {
            return !mine.TrySetCanceled(CancellationToken.None);
        }
        catch (OperationCanceledException) when (!mine.TrySetCanceled(CancellationToken.None))
        {
            return true;
        }
    }

    /// <summary>Gives the turn to whoever has waited longest; false, and it stays with its holder, when nobody waits.</summary>
    public bool TryPassOn()
    {
        lock (gate)
            return IsPassedOn();
    }

    /// <summary>Gives the turn up.</summary>
    public void Leave()
    {
        lock (gate)
            isTaken = IsPassedOn();
    }

    private bool IsPassedOn()
    {
        // Who has stopped waiting is passed over.
        while (waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
                return true;
        }

        return false;
    }
}
