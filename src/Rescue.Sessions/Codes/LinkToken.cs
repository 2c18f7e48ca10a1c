using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The 128-bit secret inside a connection link. It cannot be guessed, so unlike the PIN it needs no guessing limit. Immutable.
/// </summary>
/// <remarks>The text form is base64url without padding (RFC 4648, section 5), 22 characters. <see cref="ToString"/> masks it.</remarks>
public sealed class LinkToken : IEquatable<LinkToken>
{
    /// <summary>The length of the text form in characters.</summary>
    public const int TextLength = 22;

    internal const int ByteLength = 16;

    private readonly byte[] bytes;

    private LinkToken(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text form, as the link carries it. A secret while its session is live.</summary>
    public string Text => Base64Url.EncodeToString(bytes);

    /// <summary>Draws a token from the operating system's random source.</summary>
    public static LinkToken Generate() => new(RandomNumberGenerator.GetBytes(ByteLength));

    internal static LinkToken FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>Reads the text form. Only the one canonical spelling of a token is accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LinkToken? token)
    {
        token = null;
        if (text is not { Length: TextLength })
            return false;
        Span<byte> decoded = stackalloc byte[ByteLength];
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, decoded, out var written) || written != ByteLength)
            return false;
        var candidate = FromBytes(decoded);
        // The last character carries four unused bits: other spellings of them are not this token.
        if (candidate.Text != text)
            return false;
        token = candidate;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(LinkToken? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinkToken);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
