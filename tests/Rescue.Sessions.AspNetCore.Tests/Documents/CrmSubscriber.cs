using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.AspNetCore.Tests.Documents;

public sealed class CrmSubscriber(ICrm crm) : ISessionSubscriber
{
    public async Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken)
    {
        if (update.Event.To != SessionStatus.Closed || update.Event.From == SessionStatus.Closed || update.Session?.Reference is not { } ticket)
            return;
        // The same event may come again: the sequence tells the CRM that it has this note.
        await crm.AddNoteAsync(ticket, $"Support session ended: {update.Session.End}", key: update.Event.Sequence, cancellationToken);
    }
}
