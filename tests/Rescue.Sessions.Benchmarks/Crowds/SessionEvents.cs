using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>A technician who holds and resumes the first session again and again, each time when all who listen have heard of the last. One caller at a time.</summary>
internal sealed class SessionEvents : IDisposable
{
    private readonly RawHttpConnection connection = new();
    private readonly IReadOnlyList<ListeningSocket> listeners;
    private readonly long[] heard;
    private readonly byte[] hold;
    private readonly byte[] resume;
    private bool isHeld;

    private SessionEvents(CrowdProcess crowd, IReadOnlyList<ListeningSocket> listeners)
    {
        this.listeners = listeners;
        heard = [.. listeners.Select(listener => listener.Ids)];
        hold = Request(crowd, "hold");
        resume = Request(crowd, "resume");
    }

    /// <summary>Starts the first session.</summary>
    /// <param name="crowd">Where it waits.</param>
    /// <param name="listeners">The streams that hear of it.</param>
    public static async Task<SessionEvents> BeginAsync(CrowdProcess crowd, IReadOnlyList<ListeningSocket> listeners)
    {
        var events = new SessionEvents(crowd, listeners);
        await events.connection.ConnectAsync(crowd.Port);
        await events.SendAsync(Request(crowd, "start"));
        return events;
    }

    /// <summary>The work of making so many events heard.</summary>
    public Task<Func<Task>> Prepare(int count) => Task.FromResult<Func<Task>>(async () =>
    {
        for (var made = 0; made < count; made++)
        {
            await SendAsync(isHeld ? resume : hold);
            isHeld = !isHeld;
        }
    });

    public void Dispose() => connection.Dispose();

    private async Task SendAsync(byte[] request)
    {
        await connection.SendAsync(request);
        for (var number = 0; number < heard.Length; number++)
            await listeners[number].WaitAsync(++heard[number]);
    }

    private static byte[] Request(CrowdProcess crowd, string verb) => RawHttpConnection.Post($"/rescue/sessions/{crowd.Customers[0].Session}/{verb}", "{}");
}
