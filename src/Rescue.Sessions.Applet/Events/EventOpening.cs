namespace Rescue.Sessions.Applet.Events;

/// <summary>What came of opening the stream: a connection, or none.</summary>
/// <param name="Connection">The open stream.</param>
/// <param name="Answer">What the service has answered.</param>
/// <param name="RetryAfter">After how long to ask again, where it is said.</param>
internal sealed record EventOpening(EventConnection? Connection, AppletAnswer Answer, TimeSpan? RetryAfter);
