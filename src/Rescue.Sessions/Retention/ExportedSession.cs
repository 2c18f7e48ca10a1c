using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions;

/// <summary>One session of a <see cref="CustomerExport"/>.</summary>
/// <param name="Session">The session.</param>
/// <param name="History">What happened to it.</param>
public sealed record ExportedSession(Session Session, SessionHistory History);
