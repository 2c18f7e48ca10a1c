using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.Email;

/// <summary>Sends a template to its author, so that they see it where customers do. Thread-safe.</summary>
internal sealed class TemplateTestMail(TemplateExample example, EmailDispatchers dispatchers, MailRelay relay, ILimitStore limits, TimeProvider time)
{
    private const int TestsPerWindow = 10;

    private static readonly TimeSpan TestWindow = TimeSpan.FromMinutes(10);

    public async ValueTask<TemplateTest> SendAsync(
        Technician technician, EmailTemplateKey key, EmailTemplate template, CancellationToken cancellationToken)
    {
        if (technician.Email is not { } to || dispatchers.Find(EmailDelivery.OnMyBehalf) is not { } dispatcher)
            return new TemplateTest.NoAddress();
        Limit limit = new(Limit.KeyOf("template-test", $"{technician.Tenant}\n{technician.Id}"), TestsPerWindow, TestWindow);
        if (await limits.TryTakeAsync([limit], time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } retryAfter)
            return new TemplateTest.Refused(new Refusal.TooMany(LimitedAction.TestMessage, retryAfter));
        var (message, notWritten) = await example.WriteAsync(technician, key, template, EmailDelivery.OnMyBehalf, to, cancellationToken).ConfigureAwait(false);
        if (message is null)
        {
            await limits.ReturnAsync([limit], time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            return new TemplateTest.Refused(new Refusal.NotWritten(notWritten!));
        }

        var result = await dispatcher.DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        relay.Note(dispatcher.LaneOf(message) ?? "", message.From, result);
        return result is DispatchResult.Accepted ? new TemplateTest.Sent(to) : new TemplateTest.Failed(result);
    }
}
