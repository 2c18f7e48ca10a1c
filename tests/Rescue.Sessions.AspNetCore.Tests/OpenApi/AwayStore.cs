using System.Reflection;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>A store in memory that can be out of reach.</summary>
public class AwayStore : DispatchProxy
{
    private readonly InMemorySessionStore inner = new();

    public bool IsAway { get; set; }

    public static (ISessionStore Store, AwayStore Away) Open()
    {
        var store = Create<ISessionStore, AwayStore>();
        return (store, (AwayStore)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => IsAway
        ? throw new SessionStoreException("The store is out of reach.")
        : targetMethod!.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);
}
