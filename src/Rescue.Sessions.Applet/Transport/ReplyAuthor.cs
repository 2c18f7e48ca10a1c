namespace Rescue.Sessions.Applet.Transport;

/// <summary>Who has answered.</summary>
internal enum ReplyAuthor
{
    /// <summary>Nobody, or a machine on the way that could not reach the service.</summary>
    Nobody,

    /// <summary>The service, known by the shape of its answers.</summary>
    Service,

    /// <summary>Something that stands between, such as a sign-in page of a network, a filter or a proxy.</summary>
    SomebodyElse
}
