using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Every open event stream looks into the store twenty times a second, as streams do that follow no common feed.</summary>
internal static class ReadingStreams
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static void LetStreamsRead(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
            _ = ReadAsync(app.Services.GetRequiredService<ISessionStore>(), context.RequestAborted);
        return next(context);
    });

    private static async Task ReadAsync(ISessionStore store, CancellationToken closed)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
                await store.FindAsync(SessionSelector.ById(default), closed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The stream has ended.
        }
    }
}
