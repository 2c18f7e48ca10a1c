using Microsoft.Extensions.Options;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Hosting;

/// <summary>Refuses words of a host that customers could not read as one language.</summary>
internal sealed class SmsWordsValidator : IValidateOptions<RescueSessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, RescueSessionsOptions options) =>
        SmsWords.Problems(options.LanguageFolder) is [_, ..] problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
