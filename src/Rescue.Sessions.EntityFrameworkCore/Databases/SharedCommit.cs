namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A transaction of the database that those who write at the same time share, one after another, so that the disk is waited for once. None of them is
/// answered before it is committed. Used by whoever's turn it is.
/// </summary>
/// <param name="connection">On which it has begun.</param>
internal sealed class SharedCommit(PreparedConnection connection)
{
    /// <summary>How many share one at most, so that the first waits for no more than these.</summary>
    public const int Most = 32;

    private readonly List<TaskCompletionSource> sharers = [];

    public PreparedConnection Connection { get; } = connection;

    /// <summary>Whether nobody has done anything in it.</summary>
    public bool IsNew => sharers.Count == 0;

    public bool IsFull => sharers.Count == Most;

    /// <summary>Whether it was rolled back before anybody tried to commit it.</summary>
    public bool IsUndone { get; private set; }

    /// <summary>Adds what was done in one turn; the task ends as the transaction does.</summary>
    public Task Add()
    {
        var sharer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sharers.Add(sharer);
        return sharer.Task;
    }

    public void Succeed()
    {
        foreach (var sharer in sharers)
            sharer.SetResult();
    }

    public void Fail(Exception failure)
    {
        foreach (var sharer in sharers)
            sharer.SetException(failure);
    }

    public void Undo(Exception failure)
    {
        IsUndone = true;
        Fail(failure);
    }
}
