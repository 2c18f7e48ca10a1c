using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>
/// The event streams that are open: keeps them within their limits, and has one beat for all of them, by which they are pinged every fifteen seconds and
/// technicians are asked about again every five. It beats only while a stream is open. Thread-safe.
/// </summary>
internal sealed class OpenStreams(IOptions<RescueWebOptions> options, TimeProvider time) : IDisposable
{
    private const int PingEvery = 15;
    private const int AskEvery = 5;

    // More than so many of one beat have come together, as after a restart.
    private const int Crowd = 16;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<StreamGroup, LinkedList<EventStream>> groups = [];
    private readonly HashSet<EventStream>[] slots = [.. Enumerable.Range(0, PingEvery).Select(_ => new HashSet<EventStream>())];
    private ITimer? timer;
    private int count;
    private int beats;

    public int Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Opens a technician's stream.</summary>
    /// <param name="context">The request.</param>
    /// <param name="technician">Whose it is.</param>
    /// <param name="mayGoOn">Asked while it is open; when it says no, the stream ends.</param>
    public EventStream Open(HttpContext context, Technician technician, Func<ValueTask<bool>> mayGoOn)
    {
        var limits = options.Value.Streams;
        return Add(
            new(this, context, mayGoOn),
            (new(StreamGroupKind.Technician, technician.Tenant, technician.Id), limits.PerTechnician),
            (new(StreamGroupKind.Tenant, technician.Tenant), limits.PerTenant),
            (new(StreamGroupKind.All), limits.Overall));
    }

    /// <summary>Opens an applet's stream.</summary>
    public EventStream Open(HttpContext context, SessionId session)
    {
        var limits = options.Value.Streams;
        return Add(
            new(this, context, null),
            (new(StreamGroupKind.Applet, Id: session.ToString()), limits.PerApplet),
            (new(StreamGroupKind.All), limits.Overall));
    }

    /// <summary>Opens a guest's stream.</summary>
    public EventStream Open(HttpContext context, SessionId session, string guest)
    {
        var limits = options.Value.Streams;
        return Add(
            new(this, context, null),
            (new(StreamGroupKind.Guest, Id: $"{session}/{guest}"), limits.PerApplet),
            (new(StreamGroupKind.All), limits.Overall));
    }

    public void Remove(EventStream stream)
    {
        lock (gate)
        {
            if (!slots[stream.Slot].Remove(stream))
                return;
            Leave(stream);
            if (--count > 0)
                return;
            timer?.Dispose();
            timer = null;
        }
    }

    public void Dispose()
    {
        lock (gate)
            timer?.Dispose();
    }

    private EventStream Add(EventStream stream, params ReadOnlySpan<(StreamGroup Group, int Limit)> memberships)
    {
        var excess = new List<EventStream>();
        lock (gate)
        {
            foreach (var (group, limit) in memberships)
            {
                ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, group, out _);
                members ??= [];
                stream.Places.Add((group, members.AddLast(stream)));
                if (members.Count <= limit)
                    continue;
                // It loses its places at once: whoever comes before it has ended would let go the same one, and too many would stay.
                var oldest = members.First!.Value;
                Leave(oldest);
                excess.Add(oldest);
            }

            stream.Slot = FreeSlot();
            slots[stream.Slot].Add(stream);
            count++;
            timer ??= CreateTimer();
        }

        // Each goes in a moment; until then there is one more than there should be.
        foreach (var oldest in excess)
            oldest.LetGo();
        return stream;
    }

    // The beat is of all streams: it must not run as a part of the request that opened the first of them.
    private ITimer CreateTimer()
    {
        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(_ => OnBeat(), null, Beat, Beat);
    }

    // A crowd is spread over all beats: the host would be asked about all of them at the same moment, every five seconds for as long as they listen.
    private int FreeSlot()
    {
        var present = beats % PingEvery;
        return slots[present].Count < Crowd ? present : Enumerable.Range(0, PingEvery).MinBy(slot => slots[slot].Count);
    }

    private void Leave(EventStream stream)
    {
        foreach (var (group, place) in stream.Places)
        {
            var members = groups[group];
            members.Remove(place);
            if (members.Count == 0)
                groups.Remove(group);
        }

        stream.Places.Clear();
    }

    private void OnBeat()
    {
        EventStream[] silent;
        EventStream[] questioned;
        lock (gate)
        {
            beats++;
            silent = [.. slots[beats % PingEvery]];
            questioned = [.. Enumerable.Range(0, PingEvery / AskEvery).SelectMany(turn => slots[(beats + (turn * AskEvery)) % PingEvery]).Where(stream => stream.IsQuestioned)];
        }

        foreach (var stream in silent)
            stream.Ping();
        foreach (var stream in questioned)
            stream.Ask();
    }
}
