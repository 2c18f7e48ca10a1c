using System.Reflection;
using Rescue.Sessions.Stores;

namespace HelpDesk.Tests.Health;

/// <summary>A store whose database is gone.</summary>
public class LostStore : DispatchProxy
{
    public static ISessionStore Open() => Create<ISessionStore, LostStore>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == "get_IsDurable"
        ? false
        : throw new SessionStoreException("Host=db;Password=s3cret is not there.");
}
