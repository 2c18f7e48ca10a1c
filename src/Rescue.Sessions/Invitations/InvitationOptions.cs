namespace Rescue.Sessions.Invitations;

/// <summary>How often customers may be written to.</summary>
public sealed class InvitationOptions
{
    /// <summary>
    /// How many messages the service sends to one address for a tenant per <see cref="RecipientWindow"/>, and five times as many for all tenants together, so that
    /// none alone keeps another from writing to a customer of both; 0 = no limit. 10 by default.
    /// </summary>
    public int RecipientLimit { get; set; } = 10;

    /// <summary>
    /// To how many different addresses the service sends for one technician a day, so that a stolen account cannot write to everybody; 0 = no limit.
    /// 100 by default. An address that was written to yesterday counts today only if it is new again.
    /// </summary>
    public int DistinctRecipients { get; set; } = 100;

    /// <summary>The window of <see cref="RecipientLimit"/>, one second to one day; one hour by default.</summary>
    public TimeSpan RecipientWindow { get; set; } = TimeSpan.FromHours(1);
}
