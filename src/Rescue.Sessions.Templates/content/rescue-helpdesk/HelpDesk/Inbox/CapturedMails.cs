using System.Collections.Concurrent;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace HelpDesk.Inbox;

/// <summary>Keeps mail in Development, where no mail server is.</summary>
internal sealed class CapturedMails : IEmailDispatcher
{
    private readonly ConcurrentQueue<EmailMessage> messages = new();

    public IEnumerable<EmailMessage> Newest => messages.Reverse();

    public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

    public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        messages.Enqueue(message);
        return Task.FromResult<DispatchResult>(new DispatchResult.Accepted("250 kept"));
    }
}
