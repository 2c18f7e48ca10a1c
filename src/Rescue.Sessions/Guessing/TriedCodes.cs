using System.Threading.Channels;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Guessing;

/// <summary>
/// Tells technicians that somebody tried a code that is used up or over. What the code was is only looked for when the answer has gone out, so that the
/// time an answer takes does not tell whether a PIN was ever good. Thread-safe.
/// </summary>
internal sealed class TriedCodes(ISessionStore store, OverdueSweep overdue, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Under a flood of wrong codes some notes are lost, which is better than memory without bound.
    private readonly Channel<SessionSelector> notes = Channel.CreateBounded<SessionSelector>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Note(SessionSelector tried) => notes.Writer.TryWrite(tried);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => notes.Reader.WaitToReadAsync(cancellationToken);

    public async ValueTask RecordAsync(CancellationToken cancellationToken)
    {
        // What expired a moment ago is recorded first, so that a note finds it closed.
        await overdue.RunAsync(cancellationToken).ConfigureAwait(false);
        while (notes.Reader.TryRead(out var tried))
        {
            var now = time.GetUtcNow();
            // A PIN that was made up may have been given to a customer since.
            if (await store.FindAsync(tried, cancellationToken).ConfigureAwait(false) is not { Session: var session }
                || session.IsCodeLive(now) || session.CodeTriedAt > now - Interval)
            {
                continue;
            }

            var change = new SessionChange { Kind = SessionEventKind.CodeTried, At = now, Actor = SessionActor.Customer };
            var guard = new SessionGuard { Now = now, NotTriedSince = now - Interval };
            await store.TransitionAsync(SessionSelector.ById(session.Id), guard, change, cancellationToken).ConfigureAwait(false);
        }
    }
}
