using System.Globalization;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Telemetry;

namespace Rescue.Sessions.Email.Relay;

/// <summary>
/// What this node knows of the ways to the mail servers. While a setting is wrong one message at a time finds out whether it still is, so that a rotated
/// password neither costs a queue of mail nor locks the account. Thread-safe.
/// </summary>
internal sealed class MailRelay(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);

    // A server that is away is met by every message; one line tells of them all, and comes again for those who look later.
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    // What failed and was not tried here again since then waits no more, or another node has sent it.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    // As long as somebody may want to read that it is over: each tenant may have servers and senders of its own, and change them.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    // A server may serve one of several senders and not another; everything else is the same for all.
    private const string EverySender = "";

    private readonly Lock gate = new();
    private readonly Dictionary<(string Lane, string Sender), MailOutage> outages = [];
    private readonly Dictionary<(string Lane, NotSentCause Cause), Trouble> troubles = [];
    private readonly Dictionary<string, MailFailure> failures = new(StringComparer.Ordinal);

    /// <summary>The outages there are, for whoever watches over the service.</summary>
    public IReadOnlyList<MailOutage> Outages
    {
        get
        {
            lock (gate)
                return [.. outages.Values.Where(outage => IsRemembered(outage.LatestAt))];
        }
    }

    /// <summary>The ways whose latest message failed, for whoever watches over the service.</summary>
    public IReadOnlyList<MailFailure> Failures
    {
        get
        {
            lock (gate)
                return [.. failures.Values.Where(failure => IsRemembered(failure.LatestAt))];
        }
    }

    /// <summary>The way's name for people: the server without one is the default.</summary>
    public static string NameOf(string lane) => lane.Length == 0 ? "default" : lane;

    /// <summary>Why a message of the sender is not to be tried by a way now; null when it is to be.</summary>
    public string? HoldFor(string lane, EmailAddress sender)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var key in KeysOf(lane, sender))
            {
                if (!outages.TryGetValue(key, out var outage) || now - outage.LatestAt >= Memory)
                    continue;
                // A clock that was set back holds nothing up for longer than a pause lasts.
                if (now < outage.ProbeAt && outage.ProbeAt - now <= outage.Pause)
                    return outage.Reason;
                outages[key] = outage with { ProbeAt = now + outage.Pause };
            }

            return null;
        }
    }

    /// <summary>Learns from what became of a message.</summary>
    public void Note(string lane, EmailAddress sender, DispatchResult result)
    {
        if (result is DispatchResult.NotSent)
            Forget();
        Remember(lane, result);
        switch (result)
        {
            case DispatchResult.NotSent { CanRetry: false } fault:
                // A tenant sets its sender, and with it the name in EHLO: what the server has against that must not hold the others' mail.
                Begin((lane, fault.Cause == NotSentCause.SenderRefused || fault.MayBeOfSender ? sender.WireAddress : EverySender), fault);
                break;
            case DispatchResult.NotSent away:
                Tell(lane, away);
                break;
            case DispatchResult.Accepted or DispatchResult.Unknown:
                End(KeysOf(lane, sender));
                break;
            case DispatchResult.Rejected:
                // The server has listened to a message, which is all that this says.
                End([(lane, EverySender)]);
                break;
        }
    }

    private static (string Lane, string Sender)[] KeysOf(string lane, EmailAddress sender) => [(lane, EverySender), (lane, sender.WireAddress)];

    private bool IsRemembered(DateTimeOffset latest) => (time.GetUtcNow() - latest).Duration() < Memory;

    private void Forget()
    {
        lock (gate)
        {
            ForgetOld(outages, outage => outage.LatestAt);
            ForgetOld(troubles, trouble => trouble.LatestAt);
            ForgetOld(failures, failure => failure.LatestAt);
        }
    }

    private void ForgetOld<TKey, TValue>(Dictionary<TKey, TValue> known, Func<TValue, DateTimeOffset> latest)
        where TKey : notnull
    {
        foreach (var (key, _) in known.Where(entry => (time.GetUtcNow() - latest(entry.Value)).Duration() >= Retention).ToList())
            known.Remove(key);
    }

    // Whatever else becomes of a message, its server has answered, or was not asked.
    private void Remember(string lane, DispatchResult result)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (result is DispatchResult.NotSent { CanRetry: true } away)
                failures[lane] = new(lane, failures.GetValueOrDefault(lane) is { } known && IsRemembered(known.LatestAt) ? known.Since : now, now, away.Reason);
            else
                failures.Remove(lane);
        }
    }

    private void Begin((string Lane, string Sender) key, DispatchResult.NotSent fault)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var known = outages.GetValueOrDefault(key) is { } outage && IsRemembered(outage.LatestAt) ? outage : null;
            var pause = known is null ? FirstProbe : TimeSpan.FromTicks(Math.Min(known.Pause.Ticks * 2, LongestProbe.Ticks));
            outages[key] = new(key.Lane, known?.Since ?? now, now, fault.Cause, fault.Reason, fault.Diagnosis, fault.Code, fault.EnhancedStatus, now + pause, pause);
            if (known is not null && known.Reason == fault.Reason && known.Diagnosis == fault.Diagnosis)
                return;
        }

        logger.MailHeld(fault.Diagnosis ?? fault.Reason, NameOf(key.Lane), fault.Cause, fault.Code?.ToString(CultureInfo.InvariantCulture) ?? "none", fault.EnhancedStatus ?? "none");
    }

    private void Tell(string lane, DispatchResult.NotSent fault)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var known = troubles.GetValueOrDefault((lane, fault.Cause)) is { } trouble && IsRemembered(trouble.LatestAt) ? trouble : null;
            var isTold = known is not null && (now - known.ToldAt).Duration() < Reminder;
            troubles[(lane, fault.Cause)] = new(known?.Since ?? now, now, isTold ? known!.ToldAt : now);
            if (isTold)
                return;
        }

        logger.MailServerAway(fault.Diagnosis ?? fault.Reason, NameOf(lane), fault.Cause);
    }

    private void End((string Lane, string Sender)[] keys)
    {
        EndTroubles(keys[0].Lane);
        foreach (var key in keys)
        {
            MailOutage? over;
            lock (gate)
                outages.Remove(key, out over);
            if (over is not null)
                logger.MailGoesOut(NameOf(key.Lane), over.Since);
        }
    }

    private void EndTroubles(string lane)
    {
        DateTimeOffset since;
        lock (gate)
        {
            var over = troubles.Where(trouble => trouble.Key.Lane == lane).ToList();
            if (over.Count == 0)
                return;
            since = over.Min(trouble => trouble.Value.Since);
            over.ForEach(trouble => troubles.Remove(trouble.Key));
        }

        logger.MailGoesOut(NameOf(lane), since);
    }

    // A time in which a mail server is away or fails, with nothing to be corrected, and when the log was last told.
    private sealed record Trouble(DateTimeOffset Since, DateTimeOffset LatestAt, DateTimeOffset ToldAt);
}
