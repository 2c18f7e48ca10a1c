using System.Reflection;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Support;

/// <summary>A store that does not answer one question until nobody wants to know any more, and then fails.</summary>
// DispatchProxy derives from it.
#pragma warning disable CA1852
internal class StoppedStore : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private object? inner;
    private string? member;

    /// <summary>Completes when it is asked.</summary>
    public Task Asked => asked.Task;

    public static (T Store, StoppedStore Stopped) Create<T>(T inner, string member)
        where T : class
    {
        var store = Create<T, StoppedStore>();
        var stopped = (StoppedStore)(object)store;
        (stopped.inner, stopped.member) = (inner, member);
        return (store, stopped);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != member)
            return targetMethod.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        asked.TrySetResult();
        args!.OfType<CancellationToken>().Single().WaitHandle.WaitOne(Patience);
        throw new SessionStoreException("The connection was closed.");
    }
}
