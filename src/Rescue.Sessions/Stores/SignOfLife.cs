using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>An applet has been heard.</summary>
/// <param name="Session">Its session.</param>
/// <param name="AppletKey">The hashes of the key that it showed, under each key of the ring.</param>
public sealed record SignOfLife(SessionId Session, ImmutableArray<KeyedHash> AppletKey);
