using System.Collections.Concurrent;
using System.Text;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Tests.Support;

/// <summary>Answers each attempt with the next line of its script, and remembers what it was given.</summary>
internal sealed class ScriptedHandler(params Func<Task<OutboxOutcome>>[] script) : OutboxHandler
{
    private readonly ConcurrentQueue<Func<Task<OutboxOutcome>>> lines = new(script);

    public ConcurrentQueue<string> Seen { get; } = new();

    public override string Kind => "test";

    public override bool SendsInvitations => true;

    public static Func<Task<OutboxOutcome>> Answer(OutboxOutcome outcome) => () => Task.FromResult(outcome);

    public override Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Seen.Enqueue(Encoding.UTF8.GetString(payload.Span));
        return lines.TryDequeue(out var line) ? line() : throw new InvalidOperationException("The script is at its end.");
    }
}
