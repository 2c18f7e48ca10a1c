using System.Reflection;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>A store in memory, as a node sees it that is behind: what its feed has read comes when it is let through.</summary>
public class LateFeedStore : DispatchProxy
{
    private readonly InMemorySessionStore inner = new();
    private readonly TaskCompletionSource through = new();
    private readonly TaskCompletionSource holds = new();

    /// <summary>Completes when an event has been read and is held back.</summary>
    public Task Holds => holds.Task;

    /// <summary>Whether the feed reads only then, so that what it hands over comes with sessions that are further on.</summary>
    public bool ReadsAnew { get; set; }

    public static (ISessionStore Store, LateFeedStore Feed) Open()
    {
        var store = Create<ISessionStore, LateFeedStore>();
        return (store, (LateFeedStore)store);
    }

    public void LetThrough() => through.SetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(ISessionStore.ReadFeedAsync)
        ? new ValueTask<SessionFeedPage>(ReadFeedAsync((SessionEventQuery)args![0]!, (CancellationToken)args[1]!))
        : targetMethod.Invoke(inner, args);

    private async Task<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken)
    {
        var page = await inner.ReadFeedAsync(query, cancellationToken);
        if (page.Entries.IsEmpty)
            return page;
        holds.TrySetResult();
        await through.Task.WaitAsync(cancellationToken);
        return ReadsAnew ? await inner.ReadFeedAsync(query, cancellationToken) : page;
    }
}
