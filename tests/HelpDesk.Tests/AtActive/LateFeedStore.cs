using System.Reflection;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace HelpDesk.Tests.AtActive;

/// <summary>A store as a node sees it that is behind: once its feed has read a session in a status, it gets that when it is let through.</summary>
public class LateFeedStore : DispatchProxy
{
    private readonly TaskCompletionSource through = new();
    private readonly TaskCompletionSource holds = new();
    private ISessionStore inner = null!;
    private SessionStatus late;

    public static ISessionStore Before(ISessionStore inner, SessionStatus late)
    {
        var store = Create<ISessionStore, LateFeedStore>();
        ((LateFeedStore)store).inner = inner;
        ((LateFeedStore)store).late = late;
        return store;
    }

    /// <summary>Completes when it has been read and is held back.</summary>
    public Task Holds => holds.Task;

    public void LetThrough() => through.SetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(ISessionStore.ReadFeedAsync)
        ? new ValueTask<SessionFeedPage>(ReadFeedAsync((SessionEventQuery)args![0]!, (CancellationToken)args[1]!))
        : targetMethod.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken)
    {
        var page = await inner.ReadFeedAsync(query, cancellationToken);
        if (page.Entries.All(entry => entry.Session?.Session.Status != late))
            return page;
        holds.TrySetResult();
        await through.Task.WaitAsync(cancellationToken);
        return page;
    }
}
