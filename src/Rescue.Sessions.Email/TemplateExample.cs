using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email.Mailto;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Email;

/// <summary>What a template's message looks like, with a link that leads nowhere. Thread-safe.</summary>
internal sealed class TemplateExample(
    TemplateSelection selection, InvitationWriter writer, TemplateNames names, IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    /// <summary>What a customer would see of it; or why there is nothing to be seen.</summary>
    public async ValueTask<TemplatePreview> ShowAsync(Technician technician, EmailTemplateKey key, EmailTemplate template, CancellationToken cancellationToken)
    {
        var (message, notWritten) = await WriteAsync(technician, key, template, EmailDelivery.DefaultMailClient, null, cancellationToken).ConfigureAwait(false);
        if (message is null)
            return new() { NotWritten = notWritten, Problems = template.Problems };
        var html = message is { Html: { } written, Logo: { } logo } ? MessageLogo.Show(written, logo) : message.Html;
        return new() { Message = new(message.Subject, message.Text, html), MailtoLength = MailtoUri.WholeLength(message), Problems = template.Problems };
    }

    /// <summary>Writes a template's message to an invented customer; or answers why it cannot be written.</summary>
    public async ValueTask<(EmailMessage? Message, string? NotWritten)> WriteAsync(
        Technician technician, EmailTemplateKey key, EmailTemplate template, EmailDelivery delivery, string? to,
        CancellationToken cancellationToken)
    {
        if (EmailInvitations.ValidateSender(technician) is [var problem, ..])
            return (null, problem.Message);
        var selected = await selection.SelectAsync(technician.Tenant, key.Language, key.Platform, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (codes, timeouts) = (options.CurrentValue.Codes, new SessionTimeouts { Connecting = options.CurrentValue.Timeouts.Connecting });
        var session = new Session
        {
            Id = SessionId.New(now),
            Tenant = technician.Tenant,
            CustomerName = TemplateValues.Sample.CustomerName,
            Reference = TemplateValues.Sample.SessionReference,
            Fields = TemplateValues.Sample.Fields,
            InvitationValues = names.ValuesOfOwn(placeholder => placeholder.Sample),
            Language = key.Language,
            Platform = key.Platform,
            ForMobileDevice = key.Platform?.IsMobile() == true,
            CreatedBy = new(technician.Id, technician.Name),
            CreatedAt = now,
            StatusSince = now,
            ExpiresAt = timeouts.Unjoined(now, now + codes.Validity).At,
            Timeouts = timeouts,
        };
        var link = new ConnectionLink(selected.Organization.PublicBaseUri, PinCode.Parse(TemplateValues.Sample.PinCode), codes.PinOnlyLinks ? null : LinkToken.Generate(), "2");
        try
        {
            // There is no such session to be looked for.
            return (writer.Write(technician, session, link, delivery, to, selected with { Template = template, SavedAs = key }, isRepeat: false) with { Session = null }, null);
        }
        catch (TemplateRenderException failure)
        {
            return (null, failure.Message);
        }
    }
}
