using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>The customer's side of codes: looking at one without using it, redeeming it with an applet, and saying that nobody asked for it. Thread-safe.</summary>
/// <remarks>
/// Looking changes nothing, so that previews and mail scanners that follow links use nothing up; only <see cref="JoinAsync(LinkToken, string?, CancellationToken)"/> redeems.
/// What the applet tells afterwards is <see cref="AppletSessions"/>.
/// </remarks>
public sealed class CustomerSessions
{
    /// <summary>The <see cref="SessionEvent.Detail"/> of the end of a session that its customer did not ask for.</summary>
    public const string NotAskedFor = "notAskedFor";

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly TypedPins pins;
    private readonly TriedCodes tried;
    private readonly Redemption redemption;
    private readonly NewerInvitations newer;
    private readonly LiveLinks links;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal CustomerSessions(
        ISessionStore store,
        SessionSecrets secrets,
        TypedPins pins,
        TriedCodes tried,
        Redemption redemption,
        NewerInvitations newer,
        LiveLinks links,
        PermissionPolicy policy,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.pins = pins;
        this.tried = tried;
        this.redemption = redemption;
        this.newer = newer;
        this.links = links;
        this.policy = policy;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>Looks at a link without redeeming it. The link's PIN must be the token's. What is wrong with it is not counted, for scanners and previews look at links too.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="pin">The link's PIN.</param>
    /// <param name="platform">The customer's platform; for a mobile one, the mobile add-on of the technician who made the session is asked about again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CodeLookup> LookUpAsync(
        LinkToken token, PinCode pin, DevicePlatform? platform = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(pin);
        var found = await store.FindAsync(SessionSelector.ByToken(secrets.Keys.Hash(token)), cancellationToken).ConfigureAwait(false);
        if (found is null || !found.PinHashes.Intersect(secrets.Keys.Hash(pin)).Any())
            return new CodeLookup.BadCode(JoinRefusal.Invalid, null);
        var session = found.Session.Settle(time.GetUtcNow());
        var hasNewer = await newer.HasAsync(session, cancellationToken).ConfigureAwait(false);
        if (!session.IsCodeLive(time.GetUtcNow()))
            return new CodeLookup.BadCode(Redemption.RefusalOf(session), session) { HasNewerInvitation = hasNewer };
        // Of a customer who asked for help themselves, whoever takes them up is asked.
        if (platform?.IsMobile() == true && found.Creator is { } creator
            && !(await policy.DecideAsync(creator, [ConnectionRight.MobileAddOn], cancellationToken).ConfigureAwait(false)).IsAllowed)
        {
            return new CodeLookup.BadCode(JoinRefusal.MobileNotCovered, session) { HasNewerInvitation = hasNewer };
        }

        // Made of what the customer has, which was seen to be right: no key is needed for it.
        var link = SessionSecrets.LinkOf(new ConnectionCode(pin, token), await links.FindBaseForCustomerAsync(session.Tenant, cancellationToken).ConfigureAwait(false));
        return new CodeLookup.Found(session, link) { HasNewerInvitation = hasNewer };
    }

    /// <summary>Looks at a typed PIN without redeeming it. A wrong one counts against the guessing limits.</summary>
    public async ValueTask<CodeLookup> LookUpAsync(PinAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var (refusal, found) = await pins.TryAsync(
            attempt, pin => store.FindAsync(SessionSelector.ByLivePin(pin, time.GetUtcNow(), []), CancellationToken.None), cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
            return new CodeLookup.Refused(refusal);
        if (found is null)
            return new CodeLookup.BadCode(JoinRefusal.Invalid, null);
        var address = await links.FindBaseForCustomerAsync(found.Session.Tenant, cancellationToken).ConfigureAwait(false);
        return new CodeLookup.Found(found.Session, secrets.LinkOf(found, address) ?? SessionSecrets.LinkOf(new ConnectionCode(attempt.Pin, null), address));
    }

    /// <summary>Redeems a link for an applet.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="instance">The applet's own name for its run, 1 to 64 of <c>[A-Za-z0-9_-]</c>; a repeat with the same one gets the same session and a new key. Null for an applet that never comes back.</param>
    /// <param name="cancellationToken">Ends the wait; the code may be redeemed all the same.</param>
    /// <exception cref="ArgumentException">The instance is not such a name.</exception>
    public async ValueTask<JoinResult> JoinAsync(LinkToken token, string? instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var selector = SessionSelector.ByToken(secrets.Keys.Hash(token));
        var instances = secrets.Keys.HashInstance(AppletInstance.Require(instance));
        var (answer, current) = await redemption.RedeemAsync(selector, instances, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (answer is not null)
            return answer;
        var reason = current is null ? JoinRefusal.Invalid : Redemption.RefusalOf(current.Session.Settle(time.GetUtcNow()));
        telemetry.JoinRefused(reason.ToString());
        tried.Note(selector);
        return new JoinResult.BadCode(reason);
    }

    /// <summary>Redeems a typed PIN for an applet. Whatever is wrong with a PIN, the answer is <see cref="JoinRefusal.Invalid"/> after the same work.</summary>
    /// <inheritdoc cref="JoinAsync(LinkToken, string?, CancellationToken)"/>
    public async ValueTask<JoinResult> JoinAsync(PinAttempt attempt, string? instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var instances = secrets.Keys.HashInstance(AppletInstance.Require(instance));
        var (refusal, answer) = await pins.TryAsync(
            attempt,
            async pin =>
            {
                var now = time.GetUtcNow();
                return (await redemption.RedeemAsync(SessionSelector.ByLivePin(pin, now, instances), instances, now, CancellationToken.None).ConfigureAwait(false)).Answer;
            },
            cancellationToken).ConfigureAwait(false);
        return refusal is not null ? new JoinResult.Refused(refusal) : answer ?? new JoinResult.BadCode(JoinRefusal.Invalid);
    }

    /// <summary>
    /// Ends a session whose code nobody has redeemed, for a customer who did not ask for it and says so with the PIN. A wrong one gets the answer of
    /// <see cref="LookUpAsync(PinAttempt, CancellationToken)"/>, after the same work, and counts against the same limits.
    /// </summary>
    /// <param name="attempt">The typed PIN.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DeclineResult> DeclineAsync(PinAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var (refusal, declined) = await pins.TryAsync(
            attempt, pin => redemption.EndUnaskedAsync(SessionSelector.ByLivePin(pin, time.GetUtcNow(), []), CancellationToken.None), cancellationToken)
            .ConfigureAwait(false);
        return refusal is not null ? new DeclineResult.Refused(refusal)
            : declined is not null ? declined
            : new DeclineResult.BadCode(JoinRefusal.Invalid, null);
    }

    /// <summary>Ends a session whose link nobody has redeemed, for a customer who did not ask for it and says so.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="pin">The PIN, typed; it must be the token's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DeclineResult> DeclineAsync(LinkToken token, PinCode pin, CancellationToken cancellationToken = default)
    {
        var looked = await LookUpAsync(token, pin, platform: null, cancellationToken).ConfigureAwait(false);
        if (looked is CodeLookup.Found found)
        {
            if (await redemption.EndUnaskedAsync(SessionSelector.ById(found.Session.Id), cancellationToken).ConfigureAwait(false) is { } declined)
                return declined;
            // Somebody was faster between the two; what they did is seen now.
            looked = await LookUpAsync(token, pin, platform: null, cancellationToken).ConfigureAwait(false);
        }

        return looked is CodeLookup.BadCode bad
            ? new DeclineResult.BadCode(bad.Reason, bad.Session)
            : new DeclineResult.BadCode(JoinRefusal.AlreadyUsed, null);
    }

    /// <summary>What is wrong with the name of an applet's or a guest's run, as a sentence; null when it is one: 1 to 64 of <c>[A-Za-z0-9_-]</c>.</summary>
    public static string? ProblemOfInstance(string instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return AppletInstance.Problem(instance);
    }
}
