using System.Reflection;

namespace Rescue.Sessions.Tests.Support;

/// <summary>A line to a store, which can be cut for whatever is asked.</summary>
// DispatchProxy derives from it.
#pragma warning disable CA1852
internal class LostLine : DispatchProxy
#pragma warning restore CA1852
{
    private object store = null!;
    private Action asked = null!;

    /// <param name="store">What is at the other end.</param>
    /// <param name="asked">Told of each question before it is asked; what it throws, the asker gets.</param>
    public static TStore To<TStore>(TStore store, Action asked)
        where TStore : class
    {
        var line = Create<TStore, LostLine>();
        ((LostLine)(object)line).store = store;
        ((LostLine)(object)line).asked = asked;
        return line;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // What a store is, it knows without asking.
        if (!targetMethod!.IsSpecialName)
            asked();
        return targetMethod.Invoke(store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
