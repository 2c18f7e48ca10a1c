using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>Refuses words of a host that customers could not read as one language.</summary>
internal sealed class CustomerWordsValidator : IValidateOptions<RescueSessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, RescueSessionsOptions options) =>
        CustomerWords.Problems(options.LanguageFolder).ToList() is [_, ..] problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
