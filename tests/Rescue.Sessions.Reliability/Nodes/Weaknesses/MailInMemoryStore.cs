using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Stores the session and keeps its mail in memory to be sent afterwards, as a product without an outbox would.</summary>
internal sealed class MailInMemoryStore(ISessionStore inner) : SessionStoreDecorator(inner)
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

    public override ValueTask<ImmutableArray<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default)
    {
        var claims = ImmutableArray.CreateBuilder<OutboxClaim>();
        while (claims.Count < limit && waiting.TryDequeue(out var message))
            claims.Add(new(message, Fence: 1, Attempts: 0, Uncertain: 0, leaseUntil));
        return new(claims.ToImmutable());
    }

    public override ValueTask<ImmutableArray<OutboxBegin>> BeginAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new([.. claims.Select(_ => OutboxBegin.Begun)]);

    public override ValueTask<ImmutableArray<bool>> RenewAsync(
        ImmutableArray<OutboxClaim> claims, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default) =>
        new([.. claims.Select(_ => true)]);

    public override ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<OutboxResult> results, CancellationToken cancellationToken = default)
    {
        foreach (var result in results.Where(result => result.RetryAt is not null))
            waiting.Enqueue(result.Claim.Message);
        return new([.. results.Select(_ => true)]);
    }
}
