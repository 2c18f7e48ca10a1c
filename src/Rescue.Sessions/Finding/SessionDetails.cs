using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions;

/// <summary>A session with all that whoever asked may know of it, as it was at one moment.</summary>
/// <param name="Session">The session.</param>
/// <param name="History">What has happened to it.</param>
/// <param name="Link">
/// Its link and PIN, to copy or to read out; null while its code is not live, for a technician who may bring no customer to a session, in a
/// <see cref="CustomerExport"/>, and when the key of the ring that sealed it is missing.
/// </param>
/// <param name="HandOver">
/// The secret that its owner shares with its applet; null for anybody else, in any status but active, in an export, and when the key of the ring that sealed it is missing.
/// </param>
public sealed record SessionDetails(Session Session, SessionHistory History, ConnectionLink? Link = null, HandOverSecret? HandOver = null);
