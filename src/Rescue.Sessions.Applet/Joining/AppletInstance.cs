using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Applet;

/// <summary>
/// One installation of the applet. The server ties a redeemed code to it: the same instance may join again (after a lost answer, a
/// restart or a reboot), another one may not. Immutable; it masks itself in <see cref="ToString"/>, since it helps to take a session over.
/// </summary>
public sealed class AppletInstance
{
    private static readonly SearchValues<char> Permitted =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private AppletInstance(string value) => Value = value;

    /// <summary>What to keep for the next start: 1 to 64 of <c>[A-Za-z0-9_-]</c>.</summary>
    public string Value { get; }

    /// <summary>A new instance of 128 random bits, in base64url (RFC 4648, section 5).</summary>
    public static AppletInstance Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Reads a kept <see cref="Value"/>; white space around it is ignored.</summary>
    /// <param name="text">The kept value.</param>
    /// <param name="instance">The instance, when the answer is true.</param>
    /// <returns>Whether the text is 1 to 64 of <c>[A-Za-z0-9_-]</c>.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AppletInstance? instance)
    {
        var value = text.AsSpan().Trim();
        instance = value.Length is >= 1 and <= 64 && !value.ContainsAnyExcept(Permitted) ? new AppletInstance(value.ToString()) : null;
        return instance is not null;
    }

    /// <summary>
    /// This installation as one server knows it: always the same for that server, and another for every other, so that two of them cannot tell by it that they have
    /// the same customer. Join with it; keep what it was made of, which no server is told then.
    /// </summary>
    /// <param name="server">The server's address, of which scheme, host and port count.</param>
    /// <returns>Another instance, which this one cannot be told from.</returns>
    public AppletInstance For(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var origin = Encoding.UTF8.GetBytes($"{server.Scheme}://{server.IdnHost}:{server.Port}");
        return new(Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Value), origin)));
    }

    /// <summary>A mask, never the value.</summary>
    public override string ToString() => "AppletInstance ***";
}
