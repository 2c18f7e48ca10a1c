using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Hands one event to one handler. Thread-safe.</summary>
internal sealed class SubscriptionHandling(IServiceScopeFactory scopes, TimeProvider time, SessionTelemetry telemetry)
{
    /// <summary>Tries once.</summary>
    /// <returns>What went wrong; null when it was handled.</returns>
    public async Task<string?> TryAsync(Subscription subscription, SubscriptionOptions options, SessionUpdate update)
    {
        using var activity = SessionTelemetry.Activities.StartActivity("subscription.handle");
        activity?.SetTag("subscription.name", subscription.Name);
        using var patience = new CancellationTokenSource(options.Timeout, time);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
                await subscription.Subscriber(scope.ServiceProvider).HandleAsync(update, patience.Token).ConfigureAwait(false);
            telemetry.EventHandled(subscription.Name, update.Event, time.GetUtcNow());
            return null;
        }
        catch (Exception failure)
        {
            telemetry.EventNotHandled(subscription.Name, update.Event, failure);
            return failure is OperationCanceledException && patience.IsCancellationRequested
                ? $"The handler took longer than {options.Timeout}."
                : Plain($"{failure.GetType().Name}: {failure.Message}");
        }
    }

    // What any store can keep, for people to read.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > HeldEvent.MaxProblemLength)
                break;
            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }
}
