namespace Rescue.Sessions.Email;

/// <summary>Who sends the invitation.</summary>
public enum EmailDelivery
{
    /// <summary>The technician: a draft opens in the mail program of their own computer. Nothing is sent by us.</summary>
    DefaultMailClient,

    /// <summary>The service, through its own mail server, on the technician's behalf.</summary>
    OnMyBehalf,
}
