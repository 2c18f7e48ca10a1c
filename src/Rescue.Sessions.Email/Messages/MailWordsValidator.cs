using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Email.Messages;

/// <summary>Refuses words of a host that customers could not read as one language.</summary>
internal sealed class MailWordsValidator : IValidateOptions<RescueSessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, RescueSessionsOptions options) =>
        MailWords.Problems(options.LanguageFolder) is [_, ..] problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
