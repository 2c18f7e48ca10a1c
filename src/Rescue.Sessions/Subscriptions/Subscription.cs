using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.Subscriptions;

/// <summary>A subscription as the host has registered it.</summary>
internal sealed record Subscription(string Name, Func<IServiceProvider, ISessionSubscriber> Subscriber)
{
    public const int MaxNameLength = 64;

    public static Subscription Of<THandler>(string name)
        where THandler : class, ISessionSubscriber => new(name, services => services.GetRequiredService<THandler>());

    /// <summary>Whether a name can stand in a log, a metric and a key.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
