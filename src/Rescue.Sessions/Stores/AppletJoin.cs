using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>The applet that redeems a code.</summary>
/// <param name="Instance">The hash of its instance.</param>
/// <param name="Key">The hash of the key it is given.</param>
public sealed record AppletJoin(KeyedHash Instance, KeyedHash Key);
