using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>Several mail servers need a rule that chooses, without which all but one would stand idle.</summary>
internal sealed class SmtpServerRuleValidator(IEnumerable<SmtpServerName> servers) : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options) =>
        options.SmtpServer is null && servers.FirstOrDefault(server => server.Name != SmtpServerName.Unnamed) is { Name: var idle }
            ? ValidateOptionsResult.Fail(
                $"Email.SmtpServer is not set, so that nothing would go through the mail server '{idle}'. Set it to a rule, such as message => message.Tenant == \"acme\" ? \"{idle}\" : null.")
            : ValidateOptionsResult.Success;
}
