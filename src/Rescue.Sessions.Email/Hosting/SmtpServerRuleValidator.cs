using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>Several mail servers need a rule that chooses, without which all but one would stand idle; so do those that are found by name.</summary>
internal sealed class SmtpServerRuleValidator(IEnumerable<SmtpServerName> servers, IEnumerable<SmtpServerLookup> lookups) : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        if (options.SmtpServer is not null)
            return ValidateOptionsResult.Success;
        if (servers.FirstOrDefault(server => server.Name != SmtpServerName.Unnamed) is { Name: var idle })
        {
            return ValidateOptionsResult.Fail(
                $"Email.SmtpServer is not set, so that nothing would go through the mail server '{idle}'. Set it to a rule, such as message => message.Tenant == \"acme\" ? \"{idle}\" : null.");
        }

        return lookups.Any()
            ? ValidateOptionsResult.Fail("Email.SmtpServer is not set, so that no mail server would be looked up. Set it to a rule that names them, such as message => message.Tenant.")
            : ValidateOptionsResult.Success;
    }
}
