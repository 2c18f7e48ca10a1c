using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Languages;
using Rescue.Sessions.Text;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>
/// Lets the product's organisation have what the email options say of it, unless its own options do; and keeps for their organisations the domains for which
/// there are keys.
/// </summary>
internal sealed class ProductOrganization(IOptionsMonitor<EmailOptions> email) : IPostConfigureOptions<RescueSessionsOptions>
{
    public void PostConfigure(string? name, RescueSessionsOptions options)
    {
        if (Find() is not { } configured)
            return;
        var organization = options.Organization;
        foreach (var key in configured.Dkim)
            options.ReservedDomains.Add(key.Domain);
        organization.SenderAddress ??= EmailAddress.Parse(configured.SenderAddress).Address;
        organization.TimeZone ??= !TimeZoneId.IsKnown(configured.TimeZone) && TimeZoneInfo.TryConvertWindowsIdToIanaId(configured.TimeZone, out var iana)
            ? iana
            : configured.TimeZone;
        // English alone is nobody's choice. What stays empty is all that there are, English before all.
        if (organization.Languages.Count > 0 || LanguageTag.Normalize(configured.DefaultLanguage) == Words.Last)
            return;
        foreach (var language in MailWords.TagsOf(options.LanguageFolder).Prepend(configured.DefaultLanguage).Distinct(StringComparer.OrdinalIgnoreCase))
            organization.Languages.Add(language);
    }

    private EmailOptions? Find()
    {
        try
        {
            return email.CurrentValue;
        }
        catch (OptionsValidationException)
        {
            // They say so themselves when the host starts; saying it here too would hide which options are wrong.
            return null;
        }
    }
}
