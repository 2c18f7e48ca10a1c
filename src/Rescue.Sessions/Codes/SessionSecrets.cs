using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Codes;

/// <summary>Turns drawn codes into what a store may keep, and back. Thread-safe.</summary>
internal sealed class SessionSecrets
{
    private readonly IOptionsMonitor<RescueSessionsOptions> options;
    private readonly Lazy<KeyRing> keys;

    public SessionSecrets(IOptionsMonitor<RescueSessionsOptions> options)
    {
        this.options = options;
        keys = new(() => options.CurrentValue.Codes is { Keys.Count: > 0 } codes ? KeyRing.FromOptions(codes) : KeyRing.Ephemeral());
    }

    public KeyRing Keys => keys.Value;

    /// <summary>Draws a code whose PIN is long enough for the number of live ones.</summary>
    public ConnectionCode Draw(long liveCodes)
    {
        var codes = options.CurrentValue.Codes;
        return new(PinCode.Generate(PinLength.For(codes.PinLength, liveCodes)), codes.PinOnlyLinks ? null : LinkToken.Generate());
    }

    public ConnectionLink LinkOf(ConnectionCode code) =>
        new(options.CurrentValue.Codes.PublicBaseUri!, code.Pin, code.Token, ConnectionLinkEntry);

    /// <summary>The link of a session whose code is live.</summary>
    public ConnectionLink LinkOf(StoredSession stored) =>
        LinkOf(ConnectionCode.Open(
            stored.SealedCode ?? throw new InvalidOperationException("The session's code has been erased."), Keys, stored.Session.Id));

    /// <summary>The secret of an active session; null in any other status.</summary>
    public HandOverSecret? HandOverOf(StoredSession stored) =>
        stored is { Session.Status: Lifecycle.SessionStatus.Active, SealedHandOver: { } box }
            ? HandOverSecret.FromBytes(Keys.Open(box, stored.Session.Id))
            : null;

    // The entry point "link from an email"; customers' products have used this number for it for long.
    private const string ConnectionLinkEntry = "2";
}
