using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.Testing;

/// <summary>
/// A customer with a link, who does what the test says: joins, is ready, loses the network, leaves. It goes through the same doors as the customer's
/// program. Used by one caller at a time.
/// </summary>
public sealed class ScriptedCustomer
{
    private readonly CustomerSessions customers;
    private readonly AppletSessions applets;
    private readonly TestClock clock;
    private readonly string instance = Guid.NewGuid().ToString("N");
    private Session? session;
    private AppletKey? key;

    internal ScriptedCustomer(CustomerSessions customers, AppletSessions applets, TestClock clock, ConnectionLink link)
    {
        this.customers = customers;
        this.applets = applets;
        this.clock = clock;
        Link = link;
    }

    /// <summary>The link that the customer was given.</summary>
    public ConnectionLink Link { get; }

    /// <summary>Whether the customer's program is heard: it beats whenever the clock moves. A customer who has joined is online until told otherwise.</summary>
    public bool IsOnline { get; set; } = true;

    /// <summary>Runs the program: redeems the link, or the PIN where the link has no token.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused; <see cref="TryJoinAsync"/> gives the refusal instead.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken = default)
    {
        if (await TryJoinAsync(cancellationToken).ConfigureAwait(false) is not JoinResult.Joined and var refused)
            throw new TestFailedException($"The customer was to join, and was answered {refused}.");
    }

    /// <summary>Runs the program, and answers what it was answered.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JoinResult> TryJoinAsync(CancellationToken cancellationToken = default)
    {
        var result = Link.Token is { } token
            ? await customers.JoinAsync(token, instance, cancellationToken).ConfigureAwait(false)
            : await customers.JoinAsync(new PinAttempt(Link.Pin, Address: null), instance, cancellationToken).ConfigureAwait(false);
        if (result is JoinResult.Joined joined)
        {
            if (key is null)
                clock.Drive(this);
            (session, key) = (joined.Session, joined.Key);
        }

        return result;
    }

    /// <summary>Lets the program say that it runs: the session waits for a technician, or is started where they start by themselves.</summary>
    /// <param name="hostName">The customer's computer.</param>
    /// <param name="platform">Its platform.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused.</exception>
    public async Task<Session> ReadyAsync(
        string hostName = "customer-pc", DevicePlatform platform = DevicePlatform.Windows, CancellationToken cancellationToken = default) =>
        Done(await applets.ReadyAsync(Joined(), key!, hostName, platform, cancellationToken: cancellationToken).ConfigureAwait(false));

    /// <summary>Declines the terms; this ends the session.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused.</exception>
    public async Task<Session> DeclineTermsAsync(CancellationToken cancellationToken = default) =>
        Done(await applets.DeclineAsync(Joined(), key!, cancellationToken).ConfigureAwait(false));

    /// <summary>Closes the program; this ends the session.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused.</exception>
    public async Task<Session> LeaveAsync(CancellationToken cancellationToken = default) =>
        Done(await applets.LeaveAsync(Joined(), key!, cancellationToken).ConfigureAwait(false));

    /// <summary>The session as the customer's program sees it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">The program's key is no longer good.</exception>
    public async Task<Session> SessionAsync(CancellationToken cancellationToken = default) =>
        await applets.FindAsync(Joined(), key!, cancellationToken).ConfigureAwait(false) switch
        {
            AppletResult.Over over => over.Session,
            var answer => Done(answer),
        };

    /// <summary>The secret that the technician's side has too while the session is active; null otherwise.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<HandOverSecret?> HandOverAsync(CancellationToken cancellationToken = default) =>
        await applets.FindHandOverAsync(Joined(), key!, cancellationToken).ConfigureAwait(false);

    internal async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (IsOnline)
            await applets.HeartbeatAsync(Joined(), key!, cancellationToken).ConfigureAwait(false);
    }

    private SessionId Joined() => session?.Id ?? throw new InvalidOperationException("The customer has not joined. Call JoinAsync first.");

    private static Session Done(AppletResult result) => result is AppletResult.Done done
        ? done.Session
        : throw new TestFailedException($"The customer's program was answered {result}.");
}
