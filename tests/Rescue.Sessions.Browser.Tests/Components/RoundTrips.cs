using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>
/// What a page asks for until something is to be seen, by round trips: requests are held, and go on together once no other joins them. What waits for an answer
/// is never counted with it; a machine that is slow may tear apart what goes together, so that the count is the most there can be.
/// </summary>
internal static class RoundTrips
{
    // Each look takes twice the pause at least, so that a page that asks for nothing more is not waited for without end.
    private const int MostLooks = 40;
    private const float Pause = 200;

    /// <param name="patience">How many times the usual pause is waited for another request.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<IRequest>>> OfAsync(IPage page, string address, ILocator shown, int patience = 1)
    {
        var held = new ConcurrentQueue<IRoute>();
        var trips = new List<IReadOnlyList<IRequest>>();
        var isOver = false;
        await page.GotoAsync("about:blank");
        await page.RouteAsync("**/*", Hold);
        var opening = page.GotoAsync(address);
        // As long as the page itself is held, a browser does not answer what is to be seen of it.
        for (var looks = 0; looks < MostLooks && (trips.Count == 0 || !await shown.IsVisibleAsync()); looks++)
        {
            var count = -1;
            while (count != held.Count)
            {
                count = held.Count;
                await page.WaitForTimeoutAsync(Pause * patience);
            }

            if (count == 0)
                continue;
            // The page may have drawn meanwhile, and asks for what comes after.
            if (trips.Count > 0 && await shown.IsVisibleAsync())
                break;
            var trip = Enumerable.Range(0, count).Select(_ => held.TryDequeue(out var route) ? route : null).OfType<IRoute>().ToList();
            trips.Add([.. trip.Select(route => route.Request)]);
            await Task.WhenAll(trip.Select(route => route.ContinueAsync()));
            await Task.WhenAll(trip.Select(async route => await (await route.Request.ResponseAsync())!.FinishedAsync()));
        }

        isOver = true;
        while (held.TryDequeue(out var route))
            await route.ContinueAsync();
        await opening;
        await page.UnrouteAsync("**/*", Hold);
        return trips;

        // The line that brings events, and what nobody waits for, are not on the way.
        Task Hold(IRoute route)
        {
            if (isOver || route.Request.Url.EndsWith("/events", StringComparison.Ordinal) || route.Request.Url.EndsWith(".svg", StringComparison.Ordinal))
                return route.ContinueAsync();
            held.Enqueue(route);
            return Task.CompletedTask;
        }
    }

    /// <summary>What an answer takes on the line, compressed where it is.</summary>
    public static async Task<int> SizeAsync(this IRequest request)
    {
        var sizes = await request.SizesAsync();
        return sizes.ResponseBodySize + sizes.ResponseHeadersSize;
    }
}
