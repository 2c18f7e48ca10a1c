namespace Rescue.Sessions.Email;

/// <summary>What becomes of a link or host name in a customer's name or reference, when the service sends the message.</summary>
public enum LinksInNames
{
    /// <summary>The invitation is refused, with the field and what to write instead.</summary>
    Refuse,

    /// <summary>It is broken in the message, so that it leads nowhere: <c>evil[.]example</c>.</summary>
    Defuse,
}
