using System.Collections.Concurrent;
using System.Text;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>A host's own handler, which keeps what it is given, or defers it.</summary>
internal sealed class Mailbox(OutboxOutcome? answer = null) : OutboxHandler
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public override string Kind => "test";

    public override bool SendsInvitations => true;

    public override Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Messages.Enqueue(Encoding.UTF8.GetString(payload.Span));
        return Task.FromResult(answer ?? new OutboxOutcome.Accepted());
    }
}
