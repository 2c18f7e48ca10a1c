using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>Checks the options when the host starts. Every message names the property and the fix.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var failures = new List<string>();
        if (!EmailAddress.TryParse(options.SenderAddress, out _))
            failures.Add("Email.SenderAddress must be one mailbox. Set it to the organisation's address, such as support@example.org.");
        if (!LanguageTag.IsWellFormed(options.DefaultLanguage))
            failures.Add("Email.DefaultLanguage must be a BCP 47 language tag. Set it to one such as nl or fr-CA.");
        if (!Enum.IsDefined(options.LinksInNames))
            failures.Add("Email.LinksInNames must be Refuse or Defuse.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
            failures.Add("Email.TimeZone is not known on this machine. Set it to an IANA id such as Europe/Paris, or to UTC.");
        if (options.TemplatesPerTenant is < 1 or > 1000)
            failures.Add($"Email.TemplatesPerTenant is {options.TemplatesPerTenant}. Set it to a number from 1 to 1000.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
