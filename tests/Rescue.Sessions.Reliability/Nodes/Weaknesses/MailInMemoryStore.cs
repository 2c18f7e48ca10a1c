using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Stores the session and keeps its mail in memory to be sent afterwards, as a product without an outbox would.</summary>
sealed class MailInMemoryStore(ISessionStore inner) : SessionStoreDecorator(inner)
{
    private readonly ConcurrentQueue<OutboxMessage> waiting = new();

    public override async ValueTask<SessionCreationResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
    {
        var created = await Inner.CreateAsync(creation with { Messages = [] }, cancellationToken);
        if (created.Outcome == SessionCreationOutcome.Created)
        {
            foreach (var message in creation.Messages)
                waiting.Enqueue(message);
        }

        return created;
    }

    public override ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(OutboxClaimRequest request, CancellationToken cancellationToken = default)
    {
        var claims = ImmutableArray.CreateBuilder<OutboxClaim>();
        while (claims.Count < request.Limit && waiting.TryDequeue(out var message))
            claims.Add(new(message, Fence: 1, Attempts: 0, Uncertain: 0, request.LeaseUntil));
        return new(claims.ToImmutable());
    }

    public override ValueTask<OutboxBegin> BeginAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(OutboxBegin.Begun);

    public override ValueTask<bool> RenewAsync(OutboxClaim claim, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default) => new(true);

    public override ValueTask<bool> CompleteAsync(
        OutboxClaim claim, OutboxCompletion completion, SessionChange? change, CancellationToken cancellationToken = default)
    {
        if (completion.RetryAt is not null)
            waiting.Enqueue(claim.Message);
        return new(true);
    }
}
