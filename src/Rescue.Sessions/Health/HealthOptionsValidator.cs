using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Health;

internal sealed class HealthOptionsValidator : IValidateOptions<HealthOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthOptions options)
    {
        var failures = new List<string>();
        Range(nameof(HealthOptions.StoreAnswer), options.StoreAnswer, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Range(nameof(HealthOptions.OldestMessage), options.OldestMessage, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Range(nameof(HealthOptions.FeedDelay), options.FeedDelay, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Range(nameof(HealthOptions.ClockDifference), options.ClockDifference, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string property, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
                failures.Add($"Health.{property} is {value}. Set it to a time from {least} to {most}.");
        }
    }
}
