using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Checks the options of each subscription when the host starts. Every message names the property and the fix.</summary>
internal sealed class SubscriptionOptionsValidator(ISessionStore sessions, ISubscriptionStore store) : IValidateOptions<SubscriptionOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, SubscriptionOptions options)
    {
        var failures = new List<string>();
        if (options.Concurrency is < 1 or > 64)
            failures.Add($"Subscriptions[{name}].Concurrency is {options.Concurrency}. Set it to a number from 1 to 64.");
        if (options.MaxAttempts is < 1 or > 1000)
            failures.Add($"Subscriptions[{name}].MaxAttempts is {options.MaxAttempts}. Set it to a number from 1 to 1000.");
        if (options.Timeout < Second || options.Timeout > TimeSpan.FromMinutes(10))
            failures.Add($"Subscriptions[{name}].Timeout is {options.Timeout}. Set it to a time from one second to ten minutes.");
        if (options.MaxRetryDelay < Second || options.MaxRetryDelay > TimeSpan.FromDays(1))
            failures.Add($"Subscriptions[{name}].MaxRetryDelay is {options.MaxRetryDelay}. Set it to a time from one second to one day.");
        if (sessions.IsDurable && !store.IsDurable)
        {
            failures.Add(
                $"The subscription '{name}' would begin anew at each restart, for its store is in memory and the sessions' is not. Register an ISubscriptionStore that is durable, as UseEntityFrameworkCore does.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
