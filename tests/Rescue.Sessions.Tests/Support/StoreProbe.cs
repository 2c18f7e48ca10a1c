using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Support;

/// <summary>A store in memory that counts what is asked of it, heeds whoever gives up, and can be out of reach.</summary>
// DispatchProxy derives from it.
#pragma warning disable CA1852
internal class StoreProbe : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly MethodInfo NeverAnswered = typeof(StoreProbe).GetMethod(nameof(Never), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly InMemorySessionStore inner = new();
    private readonly ConcurrentQueue<(string Name, object? Argument)> calls = [];

    public bool IsAway { get; set; }

    /// <summary>How many events it still gives with what they are about, one at a time, before that is out of reach; null for all.</summary>
    public int? FeedReads { get; set; }

    /// <summary>The name of the member that never answers; null for none.</summary>
    public string? Hanging { get; set; }

    /// <summary>What recording of what was sent waits for; null for nothing.</summary>
    public Task? Recording { get; set; }

    /// <summary>What looking for messages waits for; null for nothing.</summary>
    public Task? Claiming { get; set; }

    /// <summary>Told the name of each member before it is called.</summary>
    public Action<string>? Asked { get; set; }

    /// <summary>How often the store was asked.</summary>
    public int Calls => calls.Count;

    public static (ISessionStore Store, StoreProbe Probe) Create()
    {
        var store = Create<ISessionStore, StoreProbe>();
        return (store, (StoreProbe)(object)store);
    }

    public int CallsOf(string name) => calls.Count(call => call.Name == name);

    public IEnumerable<SessionEventQuery> Queries => calls.Select(call => call.Argument).OfType<SessionEventQuery>();

    public IEnumerable<SessionErasure> Erasures => calls.Select(call => call.Argument).OfType<SessionErasure>();

    /// <summary>How many messages each renewal was about.</summary>
    public IEnumerable<int> Renewals => calls.Where(call => call.Name == nameof(ISessionStore.RenewAsync)).Select(call => ((ImmutableArray<OutboxClaim>)call.Argument!).Length);

    public void Forget() => calls.Clear();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        calls.Enqueue((targetMethod!.Name, args is [var first, ..] ? first : null));
        Asked?.Invoke(targetMethod.Name);
        if (args is [.., CancellationToken patience])
            patience.ThrowIfCancellationRequested();
        if (IsAway && targetMethod.Name.StartsWith("Read", StringComparison.Ordinal))
            throw new SessionStoreException("The store is out of reach.");
        if (FeedReads is { } left && targetMethod.Name == nameof(ISessionStore.ReadFeedAsync))
        {
            if (left == 0)
                throw new SessionStoreException("The events are out of reach.");
            FeedReads = left - 1;
            args![0] = (SessionEventQuery)args[0]! with { Limit = 1 };
        }

        if (Hanging == targetMethod.Name)
            return NeverAnswered.MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments).Invoke(null, null);
        if (Claiming is { } claiming && targetMethod.Name == nameof(ISessionStore.ClaimAsync))
            return new ValueTask<ImmutableArray<OutboxClaim>>(ClaimAfterAsync(claiming, targetMethod, args));
        return Recording is { } recording && targetMethod.Name == nameof(ISessionStore.CompleteAsync)
            ? new ValueTask<ImmutableArray<bool>>(CompleteAfterAsync(recording, (ImmutableArray<OutboxResult>)args![0]!))
            : targetMethod.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    private static ValueTask<TAnswer> Never<TAnswer>() => new(new TaskCompletionSource<TAnswer>().Task);

    private async Task<ImmutableArray<OutboxClaim>> ClaimAfterAsync(Task claiming, MethodInfo claim, object?[]? args)
    {
        await claiming;
        return await (ValueTask<ImmutableArray<OutboxClaim>>)claim.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null)!;
    }

    private async Task<ImmutableArray<bool>> CompleteAfterAsync(Task recording, ImmutableArray<OutboxResult> results)
    {
        await recording;
        return await inner.CompleteAsync(results);
    }
}
