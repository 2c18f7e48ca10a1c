using System.Collections.Immutable;
using System.Reflection;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>A store in memory in which recording what was delivered takes until it is let go on.</summary>
// DispatchProxy derives from it.
#pragma warning disable CA1852
internal class PatientWebhookStore : DispatchProxy
#pragma warning restore CA1852
{
    private readonly InMemoryWebhookStore inner = new();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static (IWebhookStore Store, Action Release) Create()
    {
        var store = Create<IWebhookStore, PatientWebhookStore>();
        return (store, ((PatientWebhookStore)(object)store).released.SetResult);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IWebhookStore.CompleteAsync)
        ? new ValueTask<ImmutableArray<bool>>(CompleteAsync((ImmutableArray<WebhookOutcome>)args![0]!))
        : targetMethod.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task<ImmutableArray<bool>> CompleteAsync(ImmutableArray<WebhookOutcome> outcomes)
    {
        await released.Task;
        return await inner.CompleteAsync(outcomes);
    }
}
