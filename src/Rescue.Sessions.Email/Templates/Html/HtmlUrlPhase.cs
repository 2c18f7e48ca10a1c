namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>What the value of a URL attribute consists of so far.</summary>
internal enum HtmlUrlPhase : byte
{
    Empty,

    /// <summary>It could still become another scheme or host.</summary>
    Begun,

    /// <summary>Scheme and host are fixed; what follows is only a part.</summary>
    Settled,

    /// <summary>It leads where no mail should.</summary>
    Unsafe,

    /// <summary>It is the customer's link.</summary>
    Link,
}
