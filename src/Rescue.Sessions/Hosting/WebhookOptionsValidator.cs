using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Hosting;

/// <summary>Checks the options when the host starts. Every message names the property and the fix.</summary>
internal sealed class WebhookOptionsValidator(ISessionStore sessions, IWebhookStore store) : IValidateOptions<WebhookOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = new List<string>();
        Count("PerTenant", options.PerTenant, 1000);
        Count("Concurrency", options.Concurrency, 64);
        Count("MaxAttempts", options.MaxAttempts, 1000);
        Time("Timeout", options.Timeout, Second, TimeSpan.FromMinutes(1));
        Time("MaxRetryDelay", options.MaxRetryDelay, Second, TimeSpan.FromDays(1));
        Time("RotationOverlap", options.RotationOverlap, TimeSpan.Zero, TimeSpan.FromDays(30));
        Time("LogRetention", options.LogRetention, TimeSpan.FromHours(1), TimeSpan.FromDays(3653));
        if (sessions.IsDurable && !store.IsDurable)
        {
            failures.Add(
                "Webhooks would lose what is not sent yet at each restart, for their store is in memory and the sessions' is not. Register an IWebhookStore that is durable, as UseEntityFrameworkCore does.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Count(string property, int value, int most)
        {
            if (value < 1 || value > most)
                failures.Add($"Webhooks.{property} is {value}. Set it to a number from 1 to {most}.");
        }

        void Time(string property, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
                failures.Add($"Webhooks.{property} is {value}. Set it to a time from {least} to {most}.");
        }
    }
}
