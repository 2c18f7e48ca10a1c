using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>
/// What technicians and customers of many organisations do at any node: a customer is invited, reads the mail, opens the link, joins, waits and beats;
/// a technician looks for the one who has waited longest, starts, holds, resumes and closes. Thread-safe.
/// </summary>
internal sealed class HelpDeskTraffic(Cluster cluster, MailSink sink, StepTimes times)
{
    private const int Organisations = 20;

    // A third is by telephone, whose PIN needs no mail.
    private const int MailedOf = 3;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BeatTick = TimeSpan.FromMilliseconds(100);

    private readonly Channel<WaitingCustomer> waiting = Channel.CreateUnbounded<WaitingCustomer>();
    private readonly ConcurrentDictionary<int, WaitingCustomer> beating = new();
    private readonly StreamTally streams = new();
    private int created;
    private int mailed;
    private int closed;

    public int Created => created;

    public int Mailed => mailed;

    public int Closed => closed;

    public StreamTally Streams => streams;

    public static string TenantOf(int number) => $"tenant-{number % Organisations}";

    /// <summary>Opens the streams of technicians.</summary>
    public Task ListenAsync(int technicians, CancellationToken cancellationToken) => Parallel.ForAsync(0, technicians, cancellationToken, async (number, token) =>
        streams.AddTechnician(TenantOf(number), await ListeningStream.OpenAsync(
            cluster[number], "rescue/sessions/events", TechnicianOf(number), appletKey: null, token)));

    /// <summary>Makes a session by PIN that waits for its customer.</summary>
    public async Task CreateAsync(int number, CancellationToken cancellationToken)
    {
        await PostAsync(Step.Create, number, "rescue/sessions", new { customerName = NameOf(number) }, cancellationToken);
        Interlocked.Increment(ref created);
    }

    /// <summary>Brings a customer from the invitation to the queue, with a stream that listens.</summary>
    public async Task ArriveAsync(int number, CancellationToken cancellationToken)
    {
        var node = cluster[number];
        var session = await InviteAsync(number, cancellationToken);
        await times.TakeAsync(Step.Landing, () => node.GetAsync(new Uri(session.Link).PathAndQuery[1..], technician: null, cancellationToken));
        var joined = await times.TakeAsync(Step.Join, () => cluster[number + 1].JoinAsync(session, $"applet-{number}", cancellationToken));
        var key = joined.Text("appletKey")!;
        await times.TakeAsync(Step.Ready, () => node.ReadyAsync(session, key, cancellationToken));
        var stream = await ListeningStream.OpenAsync(cluster[number + 2], $"applet/{session.Id}/events", technician: null, key, cancellationToken);
        var customer = new WaitingCustomer(number, TenantOf(number), session, key, stream, Stopwatch.GetTimestamp());
        beating[number] = customer;
        waiting.Writer.TryWrite(customer);
    }

    /// <summary>Brings a customer into the queue and starts.</summary>
    public async Task<WaitingCustomer> BeginAsync(int number, CancellationToken cancellationToken)
    {
        await ArriveAsync(number, cancellationToken);
        var customer = waiting.Reader.TryRead(out var arrived) ? arrived : throw new InvalidOperationException("Somebody else has begun.");
        await PostAsync(Step.Start, number, $"rescue/sessions/{customer.Session.Id}/start", new { }, cancellationToken);
        return customer;
    }

    /// <summary>Two events of one session that has begun.</summary>
    public async Task HoldAndResumeAsync(WaitingCustomer customer, CancellationToken cancellationToken)
    {
        await PostAsync(Step.Hold, customer.Number, $"rescue/sessions/{customer.Session.Id}/hold", new { }, cancellationToken);
        await PostAsync(Step.Resume, customer.Number, $"rescue/sessions/{customer.Session.Id}/resume", new { }, cancellationToken);
    }

    /// <summary>Helps the customer who has waited longest, and lets another one come.</summary>
    public async Task HelpAsync(int number, CancellationToken cancellationToken)
    {
        // Where the machine has become slower than its rate says, all may be on their way.
        var customer = await waiting.Reader.ReadAsync(cancellationToken);
        var id = customer.Session.Id;
        await GetAsync(Step.List, customer.Number, "rescue/sessions?status=waiting&limit=50", cancellationToken);
        await GetAsync(Step.Search, customer.Number, $"rescue/sessions?search={Uri.EscapeDataString(NameOf(customer.Number))}", cancellationToken);
        await PostAsync(Step.Start, customer.Number, $"rescue/sessions/{id}/start", new { }, cancellationToken);
        await GetAsync(Step.Details, customer.Number, $"rescue/sessions/{id}", cancellationToken);
        await HoldAndResumeAsync(customer, cancellationToken);
        beating.TryRemove(customer.Number, out _);
        await PostAsync(Step.Close, customer.Number, $"rescue/sessions/{id}/close", new { }, cancellationToken);
        Interlocked.Increment(ref closed);
        // The stream ends by itself once the customer has heard of the end.
        await customer.Stream.Ended.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        streams.CountCustomer(customer.Stream);
        await customer.Stream.DisposeAsync();
        await ArriveAsync(number, cancellationToken);
    }

    /// <summary>Lets the programs of all who wait beat until the run ends, evenly spread.</summary>
    public async Task BeatAsync(CancellationToken ended)
    {
        var turns = (int)(BeatInterval / BeatTick);
        using var timer = new PeriodicTimer(BeatTick);
        for (var turn = 0; await timer.WaitForNextTickAsync(CancellationToken.None) && !ended.IsCancellationRequested; turn++)
        {
            foreach (var customer in beating.Values.Where(customer => customer.Number % turns == turn % turns))
                _ = BeatAsync(customer);
        }
    }

    private async Task BeatAsync(WaitingCustomer customer)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await cluster[customer.Number + 2].PostAsync($"applet/{customer.Session.Id}/heartbeat", new { }, appletKey: customer.AppletKey);
        times.Add(Step.Heartbeat, began);
        // One that is on its way when its session ends is told so, rightly.
        if (beating.ContainsKey(customer.Number))
            times.Judge(Step.Heartbeat, answer);
    }

    // The customer clicks what the mail says, not what the technician was told.
    private async Task<MadeSession> InviteAsync(int number, CancellationToken cancellationToken)
    {
        if (number % MailedOf == 0)
        {
            var alone = await PostAsync(Step.Create, number, "rescue/sessions", new { customerName = NameOf(number) }, cancellationToken);
            Interlocked.Increment(ref created);
            return MadeSession.Of(alone);
        }

        var address = $"customer-{number}@example.org";
        var invited = await PostAsync(
            Step.Invite, number, "rescue/sessions", new { customerName = NameOf(number), email = new { delivery = "onMyBehalf", to = address } }, cancellationToken);
        Interlocked.Increment(ref created);
        Interlocked.Increment(ref mailed);
        var began = Stopwatch.GetTimestamp();
        var mail = await sink.WaitAsync(address, cancellationToken);
        times.Add(Step.Mail, began);
        return MadeSession.Of(invited) with { Link = mail.Link };
    }

    private Task<NodeAnswer> PostAsync(Step step, int number, string path, object body, CancellationToken cancellationToken) =>
        times.TakeAsync(step, () => cluster[number].PostAsync(path, body, TechnicianOf(number), cancellationToken: cancellationToken));

    private Task<NodeAnswer> GetAsync(Step step, int number, string path, CancellationToken cancellationToken) =>
        times.TakeAsync(step, () => cluster[number].GetAsync(path, TechnicianOf(number), cancellationToken));

    private static string TechnicianOf(int number) => $"technician-{number % 5}@{TenantOf(number)}";

    private static string NameOf(int number) => $"Customer {number:D7}";
}
