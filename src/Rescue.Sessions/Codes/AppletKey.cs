using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The 128-bit secret that the applet receives when it joins and shows at every later request. A rejoin replaces it. Immutable.
/// </summary>
/// <remarks>The text form is base64url without padding (RFC 4648, section 5), 22 characters. <see cref="ToString"/> masks it.</remarks>
public sealed class AppletKey
{
    private readonly byte[] bytes;

    private AppletKey(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text form. A secret.</summary>
    public string Text => Base64Url.EncodeToString(bytes);

    internal static AppletKey Generate() => new(RandomNumberGenerator.GetBytes(LinkToken.ByteLength));

    /// <summary>Reads the text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AppletKey? key)
    {
        key = LinkToken.TryParse(text, out var token) ? new AppletKey(token.Bytes.ToArray()) : null;
        return key is not null;
    }

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
