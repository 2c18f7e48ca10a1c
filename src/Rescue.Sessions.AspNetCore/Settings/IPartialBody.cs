namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A body that sets what it has of a setting, and leaves the rest as it is.</summary>
internal interface IPartialBody<TValue>
{
    /// <summary>The version that its author has seen; null where they do not say.</summary>
    long? Version { get; }

    /// <summary>Whether it sets nothing.</summary>
    bool IsEmpty();

    /// <summary>What is set once it is laid over what was.</summary>
    TValue Over(TValue saved);
}
