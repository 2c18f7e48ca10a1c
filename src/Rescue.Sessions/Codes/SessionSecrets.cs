using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Codes;

/// <summary>Turns drawn codes into what a store may keep, and back. Thread-safe.</summary>
internal sealed class SessionSecrets
{
    private readonly IOptionsMonitor<ICodeOptions> options;
    private readonly SessionTelemetry telemetry;
    private readonly Lazy<KeyRing> keys;

    public SessionSecrets(IOptionsMonitor<ICodeOptions> options, SessionTelemetry telemetry)
    {
        this.options = options;
        this.telemetry = telemetry;
        keys = new(() => options.CurrentValue.Codes is { Keys.Count: > 0 } codes ? KeyRing.FromOptions(codes) : KeyRing.Ephemeral());
    }

    public KeyRing Keys => keys.Value;

    /// <summary>Draws a code whose PIN is long enough for the number of live ones.</summary>
    /// <param name="liveCodes">How many there are.</param>
    /// <param name="atLeast">The fewest digits that are asked for beside the options; null for no more than these.</param>
    public ConnectionCode Draw(long liveCodes, int? atLeast = null)
    {
        var codes = options.CurrentValue.Codes;
        return new(PinCode.Generate(PinLength.For(Math.Max(codes.PinLength, atLeast ?? 0), liveCodes)), codes.PinOnlyLinks ? null : LinkToken.Generate());
    }

    /// <summary>The link of a code below the public address of its session's organisation.</summary>
    public static ConnectionLink LinkOf(ConnectionCode code, Uri baseUri) => new(baseUri, code.Pin, code.Token, ConnectionLinkEntry);

    /// <summary>Opens what the ring sealed; null, with an error in the log, when its key is missing: what needs no secret must go on without it.</summary>
    public byte[]? TryOpen(byte[] box, SessionId session)
    {
        try
        {
            return Keys.Open(box, session);
        }
        catch (CryptographicException failure)
        {
            telemetry.Unopened(session, failure);
            return null;
        }
    }

    // The entry point "link from an email"; customers' products have used this number for it for long.
    private const string ConnectionLinkEntry = "2";
}
