namespace Rescue.Sessions.Email.Relay;

/// <summary>A way whose latest message could not be handed over, with nothing to be corrected: its mail server is away, or broke off.</summary>
/// <param name="Lane">The way, as <see cref="IEmailDispatcher.LaneOf"/> names it.</param>
/// <param name="Since">When that was first so.</param>
/// <param name="LatestAt">When it was last so.</param>
/// <param name="Reason">The particulars of the latest, without addresses and secrets.</param>
internal sealed record MailFailure(string Lane, DateTimeOffset Since, DateTimeOffset LatestAt, string Reason);
