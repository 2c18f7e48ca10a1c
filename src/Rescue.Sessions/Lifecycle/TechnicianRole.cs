namespace Rescue.Sessions.Lifecycle;

/// <summary>What a technician must be to a session in order to cause a transition. Which rights it takes beside is the verb's to say.</summary>
internal enum TechnicianRole
{
    /// <summary>Any technician.</summary>
    Any,

    /// <summary>Who owns the session; anybody while nobody does.</summary>
    Owner,

    /// <summary>Who has offered it to a colleague.</summary>
    Sender,

    /// <summary>The colleague to whom it is offered.</summary>
    Recipient,
}
