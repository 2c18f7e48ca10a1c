using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email.Dispatching;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.ForeignLinks;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Telemetry;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email;

/// <summary>Writes the message that carries a session's link. Thread-safe.</summary>
internal sealed class InvitationWriter(
    TemplateNames names, MailWords words, DkimSignatures signatures, IOptionsMonitor<EmailOptions> email, TimeProvider time, ILogger logger)
{
    /// <exception cref="TemplateRenderException">It cannot be written with what it is to say, or with whom it is to name.</exception>
    public EmailMessage Write(
        Technician technician, Session session, ConnectionLink link, EmailDelivery delivery, string? to, SelectedTemplate selected, bool isRepeat)
    {
        try
        {
            return Compose(technician, session, link, delivery, to, selected, isRepeat);
        }
        catch (TemplateRenderException failed) when (failed.InnerException is { } failure)
        {
            // Whoever reads the words of a renderer of the host's own has no other way to where they come from.
            logger.RendererFailed(failure);
            throw;
        }
        catch (ArgumentException mistake)
        {
            // Characters that are many to a computer, such as families, pass the length of a name; the message names the value, and does not quote it.
            throw new TemplateRenderException(mistake.Message);
        }
    }

    private EmailMessage Compose(
        Technician technician, Session session, ConnectionLink link, EmailDelivery delivery, string? to, SelectedTemplate selected, bool isRepeat)
    {
        var (template, organization) = (selected.Template, selected.Organization);
        var culture = LanguageTag.CultureOf(template.Source.Language);
        var uri = link.ToUri();
        var zone = ZoneOf(session, selected);
        var own = names.ValuesOfOwn(placeholder => OwnValue(placeholder, session, delivery));
        var rendered = template.Render(Values(technician, Shown(session, delivery), organization, link.Pin, uri, zone, culture, own));
        if (rendered.Subject.Length > EmailMessage.MaximumSubjectLength)
            throw new TemplateRenderException($"The subject would be longer than {EmailMessage.MaximumSubjectLength} characters. Give a shorter name.");
        var (html, logo) = WithLogo(rendered.Html, organization.Logo);
        var account = delivery == EmailDelivery.DefaultMailClient ? TechnicianAddress(technician) : null;
        var sender = account ?? OrganizationAddress(technician, organization);
        return new()
        {
            MessageId = MessageIds.Create(session.Id, sender.AsciiDomain),
            Date = time.GetUtcNow(),
            From = sender,
            IsOfUnknownAccount = delivery == EmailDelivery.DefaultMailClient && account is null,
            ReplyTo = delivery == EmailDelivery.OnMyBehalf ? ReplyTo(technician, organization) : null,
            To = string.IsNullOrWhiteSpace(to) ? null : EmailAddress.Parse(to),
            Subject = isRepeat && words.SubjectAgain(rendered.Subject, template.Source.Language) is { Length: <= EmailMessage.MaximumSubjectLength } again ? again : rendered.Subject,
            Text = rendered.Text,
            Html = html,
            Logo = logo,
            Language = template.Source.Language,
            Link = uri,
            Tenant = session.Tenant,
            Session = session.Id,
            Reference = session.Reference,
            Organization = organization,
            DkimSelectors = delivery == EmailDelivery.OnMyBehalf ? signatures.SelectorsFor(sender) : null,
        };
    }

    private static (string? Html, OrganizationLogo? Logo) WithLogo(string? html, OrganizationLogo? logo)
    {
        if (html is null || logo is null || !MessageLogo.IsIn(html))
            return (html, null);
        var named = MessageLogo.Name(html, logo);
        return named.Length <= EmailMessage.MaximumHtmlLength
            ? (named, logo)
            : throw new TemplateRenderException("The HTML shows the logo so often that it would be too long. Show it once.");
    }

    private TemplateValues Values(
        Technician technician, Session session, Organization organization, PinCode pin, Uri uri, TimeZoneInfo zone, CultureInfo culture, IReadOnlyDictionary<string, string> own)
    {
        var now = time.GetUtcNow();
        return new()
        {
            CustomerName = session.CustomerName,
            TechnicianName = Shown(technician.Name),
            TechnicianEmail = Shown(technician.Email),
            OrganizationName = Shown(organization.Name),
            OrganizationPhone = organization.Phone,
            OrganizationUrl = organization.Url?.AbsoluteUri,
            LinkUrl = uri.AbsoluteUri,
            LinkExpiresAt = LinkExpiry.Describe(session.ExpiresAt, now, zone, culture),
            LinkMinutesLeft = ((int)Math.Ceiling((session.ExpiresAt - now).TotalMinutes)).ToString(CultureInfo.InvariantCulture),
            PinCode = pin.Digits,
            SessionReference = Shown(session.Reference),
            DevicePlatform = session.Platform?.ToName(),
            DeviceMobile = session.ForMobileDevice,
            LinkExpires = TimeZoneInfo.ConvertTime(session.ExpiresAt, zone),
            Fields = Shown(session.Fields, Shown),
            Own = own,
            Look = MessageLook.Of(organization),
        };
    }

    // What the service sends in the organisation's name leads nowhere but to the session, whatever was written before it was known how it is sent.
    private static Session Shown(Session session, EmailDelivery delivery) => delivery == EmailDelivery.DefaultMailClient
        ? session
        : session with
        {
            CustomerName = ForeignLink.Defuse(session.CustomerName),
            Reference = Defuse(session.Reference),
            Fields = Shown(session.Fields, Defuse),
        };

    private static CustomFields? Shown(CustomFields? fields, Func<string?, string?> change) => fields is null ? null : new()
    {
        Field0 = change(fields.Field0),
        Field1 = change(fields.Field1),
        Field2 = change(fields.Field2),
        Field3 = change(fields.Field3),
        Field4 = change(fields.Field4),
        Field5 = change(fields.Field5),
        Tracking = change(fields.Tracking),
    };

    private static string? Defuse(string? text) => text is null ? null : ForeignLink.Defuse(text);

    // So that ?? finds its replacement, and a subject that has words with every value has them.
    private static string? Shown(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    // What was given stays with the session; what the host would say now may be something else.
    private static string? OwnValue(TemplatePlaceholder placeholder, Session session, EmailDelivery delivery)
    {
        var value = session.InvitationValues?.GetValueOrDefault(placeholder.Name) ?? placeholder.Value?.Invoke(session);
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (placeholder.Problem(value) is { } problem)
            throw new TemplateRenderException($"The value of {placeholder.Name} {problem} The product must be corrected where it gives it.");
        return delivery == EmailDelivery.OnMyBehalf && placeholder.Kind == TemplatePlaceholderKind.Text ? Fit(ForeignLink.Defuse(value), placeholder) : value;
    }

    // Breaking links makes a text longer.
    private static string Fit(string value, TemplatePlaceholder placeholder) => value.Length <= placeholder.MaxLength
        ? value
        : throw new TemplateRenderException($"The value of {placeholder.Name} must have at most {placeholder.MaxLength} characters when its links are broken.");

    // A zone that was known where the session was made may be missing on this machine; the time is right in any.
    private static TimeZoneInfo ZoneOf(Session session, SelectedTemplate selected) =>
        session.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : TimeZoneInfo.FindSystemTimeZoneById(selected.TimeZone);

    // On behalf, the organisation's server may speak for the organisation's address alone; a draft leaves the technician's own account.
    private EmailAddress OrganizationAddress(Technician technician, Organization organization) =>
        EmailAddress.Parse(organization.SenderAddress ?? email.CurrentValue.SenderAddress).WithDisplayName(organization.SenderNameFor(technician.Name));

    private static EmailAddress? ReplyTo(Technician technician, Organization organization) => organization.ReplyTo switch
    {
        Organization.ReplyToTechnician => TechnicianAddress(technician),
        Organization.ReplyToSender => null,
        var address => EmailAddress.Parse(address).WithDisplayName(organization.Name),
    };

    private static EmailAddress? TechnicianAddress(Technician technician) =>
        technician.Email is { } address ? EmailAddress.Parse(address).WithDisplayName(technician.Name) : null;
}
