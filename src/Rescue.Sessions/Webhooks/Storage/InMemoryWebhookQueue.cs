using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>The messages of one receiver. Its owner's lock guards it.</summary>
internal sealed class InMemoryWebhookQueue(string tenant)
{
    private readonly SortedDictionary<long, WebhookClaim> messages = [];

    // Those that are not finished with, in their order, by session.
    private readonly Dictionary<SessionId, SortedSet<long>> pending = [];

    // The same by when they are due, and those of them that are their session's next.
    private readonly SortedSet<(DateTimeOffset DueAt, long Sequence)> due = [];
    private readonly SortedSet<(DateTimeOffset DueAt, long Sequence)> heads = [];

    // All of a session that are kept.
    private readonly Dictionary<SessionId, List<long>> kept = [];

    public string Tenant { get; } = tenant;

    /// <summary>Of which it keeps messages.</summary>
    public IEnumerable<SessionId> Sessions => kept.Keys;

    public void Add(WebhookDelivery delivery)
    {
        if (messages.ContainsKey(delivery.Sequence))
            return;
        if (!kept.TryGetValue(delivery.Session, out var session))
            kept.Add(delivery.Session, session = []);
        session.Add(delivery.Sequence);
        Set(new(delivery, 0));
    }

    public bool IsDue(DateTimeOffset now) => due.Count > 0 && due.Min.DueAt <= now;

    /// <summary>Lets what is held or put off beyond a horizon be due.</summary>
    public void Recall(DateTimeOffset now, DateTimeOffset horizon)
    {
        foreach (var (_, sequence) in due.Reverse().TakeWhile(message => message.DueAt > horizon).ToList())
            Set(messages[sequence] with { Delivery = messages[sequence].Delivery with { DueAt = now } });
    }

    /// <summary>What would be claimed.</summary>
    public IEnumerable<WebhookClaim> Due(DateTimeOffset now, int limit) =>
        heads.TakeWhile(message => message.DueAt <= now).Take(limit).Select(message => messages[message.Sequence]);

    public ImmutableArray<WebhookClaim> Claim(DateTimeOffset now, DateTimeOffset leaseUntil, int limit)
    {
        var claims = ImmutableArray.CreateBuilder<WebhookClaim>();
        foreach (var (delivery, fence) in Due(now, limit).ToList())
        {
            var claim = new WebhookClaim(delivery with { DueAt = leaseUntil }, fence + 1);
            Set(claim);
            claims.Add(claim);
        }

        return claims.ToImmutable();
    }

    public bool Complete(WebhookOutcome outcome)
    {
        if (FindHeld(outcome.Claim) is not { } message)
            return false;
        var done = message.Delivery with
        {
            DueAt = outcome.RetryAt, Attempts = message.Delivery.Attempts + 1, AttemptedAt = outcome.At, StatusCode = outcome.StatusCode, Problem = outcome.Problem,
            FinishedAt = outcome.RetryAt is null ? outcome.At : null,
        };
        Set(new(done, message.Fence + 1));
        return true;
    }

    public void GiveBack(WebhookClaim claim, DateTimeOffset now)
    {
        if (FindHeld(claim) is { } message)
            Set(new(message.Delivery with { DueAt = now }, message.Fence + 1));
    }

    public ImmutableArray<WebhookDelivery> List(long before, int limit) =>
        [.. messages.Values.Reverse().Select(message => message.Delivery).Where(delivery => delivery.Sequence < before).Take(limit)];

    public WebhookDelivery? Replay(long sequence, DateTimeOffset now)
    {
        if (!messages.TryGetValue(sequence, out var message))
            return null;
        var again = message.Delivery.DueAt is null
            ? message.Delivery with { DueAt = now, Attempts = 0, FinishedAt = null }
            : message.Delivery with { DueAt = message.Delivery.DueAt < now ? message.Delivery.DueAt : now };
        Set(new(again, message.Fence + 1));
        return again;
    }

    public int Forget(DateTimeOffset finishedBefore, int limit)
    {
        var over = messages.Values.Where(message => message.Delivery.FinishedAt < finishedBefore).Take(limit).Select(message => message.Delivery).ToList();
        foreach (var delivery in over)
        {
            messages.Remove(delivery.Sequence);
            if (kept.TryGetValue(delivery.Session, out var session) && session.Remove(delivery.Sequence) && session.Count == 0)
                kept.Remove(delivery.Session);
        }

        return over.Count;
    }

    public void Erase(SessionId session)
    {
        if (pending.Remove(session, out var waiting))
        {
            heads.Remove(Place(waiting.Min));
            foreach (var sequence in waiting)
                due.Remove(Place(sequence));
        }

        if (!kept.Remove(session, out var sequences))
            return;
        foreach (var sequence in sequences)
            messages.Remove(sequence);
    }

    // Null when the claim is not the latest, or when it is finished with.
    private WebhookClaim? FindHeld(WebhookClaim claim) =>
        messages.TryGetValue(claim.Delivery.Sequence, out var message) && message.Fence == claim.Fence && message.Delivery.DueAt is not null ? message : null;

    private void Set(WebhookClaim message)
    {
        var (sequence, session) = (message.Delivery.Sequence, message.Delivery.Session);
        if (!pending.TryGetValue(session, out var waiting))
            pending.Add(session, waiting = []);
        if (waiting.Count > 0)
            heads.Remove(Place(waiting.Min));
        if (waiting.Remove(sequence))
            due.Remove(Place(sequence));
        messages[sequence] = message;
        if (message.Delivery.DueAt is not null)
        {
            waiting.Add(sequence);
            due.Add(Place(sequence));
        }

        if (waiting.Count > 0)
            heads.Add(Place(waiting.Min));
        else
            pending.Remove(session);
    }

    // Of one that is not finished with.
    private (DateTimeOffset DueAt, long Sequence) Place(long sequence) => (messages[sequence].Delivery.DueAt!.Value, sequence);
}
