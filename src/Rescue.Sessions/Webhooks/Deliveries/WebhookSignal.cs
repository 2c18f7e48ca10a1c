using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Tells the pump that messages may be due. Thread-safe.</summary>
internal sealed class WebhookSignal
{
    private readonly WakeFlag flag = new();

    public void Set() => flag.Set();

    public Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) => flag.WaitAsync(patience, time, cancellationToken);
}
