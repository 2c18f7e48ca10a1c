using System.Collections.ObjectModel;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.ForeignLinks;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>What an invitation by email must be like before a session is made for it. Thread-safe.</summary>
internal sealed class InvitationRules(EmailDispatchers dispatchers, TemplateNames names, IOptionsMonitor<EmailOptions> options)
{
    private const string NoMailServer = "This service has no mail server to send through. Choose defaultMailClient.";

    /// <summary>What is wrong with the invitation of a new session, but for its values.</summary>
    public IEnumerable<FieldProblem> Problems(NewSession session)
    {
        if (session.Invitation is not { } invitation)
            yield break;
        if (invitation.Channel != InvitationChannel.Email)
        {
            yield return new("email", "The invitation is no email. Leave its channel out, or send it by SmsInvitations.");
            yield break;
        }

        if (Enum.IsDefined(invitation.Delivery) && !dispatchers.Has(invitation.Delivery))
            yield return new("email.delivery", NoMailServer);
        if (!string.IsNullOrWhiteSpace(invitation.To) && !EmailAddress.TryParse(invitation.To, out _, out var problem))
            yield return new("email.to", AddressProblems.Describe(problem));
        if (invitation.Delivery == EmailDelivery.OnMyBehalf && options.CurrentValue.LinksInNames == LinksInNames.Refuse)
        {
            foreach (var link in LinksIn(session))
                yield return link;
        }

        if (invitation.Language is { } language && !LanguageTag.IsWellFormed(language))
            yield return new("email.language", "The language must be a BCP 47 language tag such as fr or fr-CA.");
    }

    /// <summary>What is wrong with the transport by which a session is written about once more; null is that of the time before.</summary>
    public IEnumerable<FieldProblem> Problems(Invitation? earlier, EmailDelivery? delivery)
    {
        if (earlier is null)
            yield break;
        var chosen = delivery ?? earlier.Delivery;
        if (earlier.Channel == InvitationChannel.Sms)
            yield return new("delivery", "The session's invitation is an SMS. Send that again, by SmsInvitations.");
        else if (!Enum.IsDefined(chosen))
            yield return new("delivery", "The delivery must be onMyBehalf or defaultMailClient.");
        else if (!dispatchers.Has(chosen))
            yield return new("delivery", NoMailServer);
        else if (chosen == EmailDelivery.OnMyBehalf && earlier.To is null)
            yield return new("delivery", "The session has no address to send to. Choose defaultMailClient, or make a new session with one.");
    }

    /// <summary>What is wrong with the values of a new session's invitation, by what the product asks of each name.</summary>
    public IEnumerable<FieldProblem> ProblemsOfValues(NewSession session)
    {
        if (session.Invitation is not { Channel: InvitationChannel.Email } invitation)
            yield break;
        foreach (var (name, value) in invitation.Values ?? ReadOnlyDictionary<string, string>.Empty)
        {
            var field = $"email.values.{name}";
            if (names.FindOwn(name) is not { } placeholder)
            {
                yield return new(field, $"There is no name '{name}' of the product's own. {NamesOfOwn()}");
            }
            else if (value is not null && placeholder.ProblemOfGiven(value) is { } problem)
            {
                yield return new(field, $"The value of {name} {problem}");
            }
            else if (value is not null && placeholder.Kind == TemplatePlaceholderKind.Text && invitation.Delivery == EmailDelivery.OnMyBehalf
                && options.CurrentValue.LinksInNames == LinksInNames.Refuse && ForeignLink.IsIn(value))
            {
                yield return new(field, $"The value of {name} in a message that is sent on your behalf must not hold a link or a host name. Leave it out, or write it without dots.");
            }
        }
    }

    private string NamesOfOwn() => names.Own.Any()
        ? $"There are: {string.Join(", ", names.Own.Select(placeholder => placeholder.Name))}."
        : "The product has none; leave 'values' out.";

    private static IEnumerable<FieldProblem> LinksIn(NewSession session)
    {
        var fields = session.Fields ?? new();
        (string Field, string What, string? Text)[] texts =
        [
            ("customerName", "A name", session.CustomerName), ("reference", "A reference", session.Reference),
            ("fields.field0", "A field", fields.Field0), ("fields.field1", "A field", fields.Field1), ("fields.field2", "A field", fields.Field2),
            ("fields.field3", "A field", fields.Field3), ("fields.field4", "A field", fields.Field4), ("fields.field5", "A field", fields.Field5),
            ("fields.tracking", "A field", fields.Tracking),
        ];
        foreach (var (field, what, text) in texts)
        {
            if (text is not null && ForeignLink.IsIn(text))
                yield return new(field, $"{what} in a message that is sent on your behalf must not hold a link or a host name. Leave it out, or write it without dots.");
        }
    }
}
