namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>Who is told what happens.</summary>
internal enum HookReceiver
{
    /// <summary>The handler of a durable subscription, which fails now and then.</summary>
    Handler,

    /// <summary>A webhook's receiver that answers at once.</summary>
    Healthy,

    /// <summary>One that takes its time.</summary>
    Slow,

    /// <summary>One that refuses, breaks off or does not answer as often as not.</summary>
    Failing,
}
