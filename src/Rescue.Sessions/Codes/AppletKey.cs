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
    private const int ByteLength = 16;

    private const int TextLength = 22;

    private readonly byte[] bytes;

    private AppletKey(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text form. A secret.</summary>
    public string Text => Base64Url.EncodeToString(bytes);

    internal static AppletKey Generate() => new(RandomNumberGenerator.GetBytes(ByteLength));

    /// <summary>Reads the text form. Only the one canonical spelling of a key is accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AppletKey? key)
    {
        key = null;
        // The decoder drops white space, and the last character carries four unused bits: other spellings are not this key.
        if (text is not { Length: TextLength } || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: ByteLength } decoded)
            return false;
        var candidate = new AppletKey(decoded);
        key = candidate.Text == text ? candidate : null;
        return key is not null;
    }

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
