using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Email.Mailto;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>What a template's message looks like, with a link that leads nowhere. Thread-safe.</summary>
internal sealed class TemplateExample(
    TemplateSelection selection, InvitationWriter writer, TemplateNames names, SupportInvitations invitations, IOptionsMonitor<RescueSessionsOptions> options)
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
        // Made as any other, so that it has the times that the message's sessions have.
        var session = await invitations.PreviewAsync(technician, Invented(key), cancellationToken).ConfigureAwait(false);
        var token = options.CurrentValue.Codes.PinOnlyLinks ? null : LinkToken.Generate();
        var link = new ConnectionLink(selected.Organization.PublicBaseUri, PinCode.Parse(TemplateValues.Sample.PinCode), token, "2");
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

    private NewSession Invented(EmailTemplateKey key) => new(TemplateValues.Sample.CustomerName)
    {
        Reference = TemplateValues.Sample.SessionReference,
        Fields = TemplateValues.Sample.Fields,
        Invitation = new()
        {
            Delivery = EmailDelivery.OnMyBehalf,
            Language = key.Language,
            Platform = key.Platform,
            Values = names.ValuesOfOwn(placeholder => placeholder.Sample),
        },
    };
}
