using System.Collections.Immutable;

namespace Rescue.Sessions;

/// <summary>The answer to a request for all that is stored about one customer: <see cref="Found"/> or <see cref="Refused"/>.</summary>
public abstract record CustomerExport
{
    private CustomerExport()
    {
    }

    /// <summary>All that is stored, which may be nothing.</summary>
    /// <param name="Sessions">The customer's sessions with their histories, newest first; no link and no secret, which are not about the customer.</param>
    public sealed record Found(ImmutableArray<SessionDetails> Sessions) : CustomerExport;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Reason">Every missing right.</param>
    public sealed record Refused(Refusal.Forbidden Reason) : CustomerExport;
}
