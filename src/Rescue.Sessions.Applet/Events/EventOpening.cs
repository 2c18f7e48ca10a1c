namespace Rescue.Sessions.Applet.Events;

/// <summary>What came of opening the stream: a connection, the end of the watch, or neither (try again).</summary>
internal sealed record EventOpening(EventConnection? Connection, AppletAnswer Answer, TimeSpan? RetryAfter);
