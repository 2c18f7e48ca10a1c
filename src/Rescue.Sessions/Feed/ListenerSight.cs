using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Feed;

/// <summary>What one technician sees of a tenant's updates. Their right is asked about at most once a second, however much happens. Used by one reader at a time.</summary>
internal sealed class ListenerSight(OwnSessions own, Technician technician, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private volatile Technician listener = technician;
    private Technician? asked;
    private long askedAt;
    private bool isBound;

    /// <summary>Who listens, as they are now.</summary>
    public Technician Technician
    {
        get => listener;
        set => listener = value;
    }

    /// <summary>
    /// The update as the technician sees it; null when it is not for them. Of a session that has left them they hear once more, and see no more of it. Waits while the store cannot say
    /// what they may see.
    /// </summary>
    public async ValueTask<SessionUpdate?> SeeAsync(SessionUpdate update, CancellationToken cancellationToken)
    {
        var technician = listener;
        if (asked != technician || time.GetElapsedTime(askedAt) >= Freshness)
        {
            isBound = await BindPatientlyAsync(technician, cancellationToken).ConfigureAwait(false);
            (asked, askedAt) = (technician, time.GetTimestamp());
        }

        if (!isBound || update.Session?.Concerns(technician.Id) == true)
            return update;
        return update.Event.LostBy is SessionEvent.Everybody || update.Event.LostBy == technician.Id ? update.WithoutSession() : null;
    }

    private async ValueTask<bool> BindPatientlyAsync(Technician technician, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await own.BindAsync(technician, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SessionStoreException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await Task.Delay(SessionFeed.OutagePause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
