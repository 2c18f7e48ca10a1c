using System.Reflection;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>Passes calls on, and knows which members have been called.</summary>
public class CallLog<T> : DispatchProxy
    where T : class
{
    private readonly HashSet<string> called = [];
    private T inner = null!;

    /// <summary>What is called instead of <paramref name="called"/>.</summary>
    public T Around(T called)
    {
        inner = called;
        return (T)(object)this;
    }

    public IEnumerable<string> NotCalled =>
        typeof(T).GetInterfaces().Append(typeof(T)).SelectMany(type => type.GetMethods()).Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct().Except(called);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        called.Add(targetMethod!.Name);
        return targetMethod.Invoke(inner, args);
    }
}
