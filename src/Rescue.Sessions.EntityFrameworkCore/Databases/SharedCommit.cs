namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A transaction of the database that those who write at the same time share, one after another, so that the disk is waited for once. None of them is
/// answered before it is committed. Used by whoever's turn it is.
/// </summary>
/// <param name="connection">Its own until it ends.</param>
internal sealed class SharedCommit(PreparedConnection connection)
{
    /// <summary>How many turns share one at most, so that the first waits for no more than these.</summary>
    public const int Most = 32;

    private static readonly Statement Begin = new("BEGIN IMMEDIATE");

    // Every turn but the first can be undone alone.
    private static readonly Statement Save = new("SAVEPOINT turn");
    private static readonly Statement Keep = new("RELEASE turn");
    private static readonly Statement Drop = new("ROLLBACK TO turn");

    private readonly List<TaskCompletionSource<Exception?>> sharers = [];
    private int turns;

    public PreparedConnection Connection { get; } = connection;

    /// <summary>Whether the present turn is the first.</summary>
    public bool IsNew => turns == 0;

    /// <summary>Whether as many turns have ended as may, undone ones included.</summary>
    public bool IsFull => turns == Most;

    /// <summary>Whether it was rolled back before anybody tried to commit it.</summary>
    public bool IsUndone { get; private set; }

    public void BeginTurn() => Connection.Execute(IsNew ? Begin : Save);

    /// <summary>Keeps what the turn has done.</summary>
    public void KeepTurn()
    {
        if (!IsNew)
            Connection.Execute(Keep);
    }

    /// <summary>Undoes what the turn has done; not for the first, which is undone with the whole.</summary>
    public void DropTurn()
    {
        Connection.Execute(Drop);
        Connection.Execute(Keep);
    }

    public void EndTurn() => turns++;

    /// <summary>Adds what was done in one turn; the task ends as the transaction does, with what it has failed of.</summary>
    public Task<Exception?> Add()
    {
        var sharer = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        sharers.Add(sharer);
        return sharer.Task;
    }

    /// <summary>Tells those who share it that it has ended.</summary>
    /// <param name="failure">Why nothing of it is stored; null when all is.</param>
    /// <param name="isUndone">Whether it was rolled back before anybody tried to commit it.</param>
    public void End(Exception? failure, bool isUndone = false)
    {
        IsUndone = isUndone;
        foreach (var sharer in sharers)
            sharer.SetResult(failure);
    }
}
