using System.Collections.Immutable;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.Tests.Support;

/// <summary>Counts in memory; something can come in between before it takes.</summary>
internal sealed class LimitProbe : ILimitStore
{
    private readonly InMemoryLimitStore inner = new();

    /// <summary>Called before anything is taken; null for nothing.</summary>
    public Func<ImmutableArray<Limit>, Task>? Taking { get; set; }

    public async ValueTask<TimeSpan?> TryTakeAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (Taking is { } taking)
            await taking(limits);
        return await inner.TryTakeAsync(limits, now, cancellationToken);
    }

    public ValueTask<TimeSpan?> FindRetryAfterAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        inner.FindRetryAfterAsync(limits, now, cancellationToken);

    public ValueTask ReturnAsync(ImmutableArray<Limit> limits, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        inner.ReturnAsync(limits, now, cancellationToken);
}
