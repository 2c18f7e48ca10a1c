namespace Rescue.Sessions.Stores;

/// <summary>What became of a message.</summary>
/// <param name="RetryAt">When to try again; null when it is finished with and its payload is to be erased.</param>
/// <param name="ResultUnknown">Whether it may have been sent although no answer came, which later claims count as uncertain.</param>
public readonly record struct OutboxCompletion(DateTimeOffset? RetryAt, bool ResultUnknown = false)
{
    /// <summary>Whether the attempt does not count, because it failed for a reason that lies with no message.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Nothing more is to be done with it.</summary>
    public static OutboxCompletion Finished => default;
}
