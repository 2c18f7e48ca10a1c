using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The 130-bit secret inside a connection link. It cannot be guessed, so unlike the PIN it needs no guessing limit. Immutable.
/// </summary>
/// <remarks>
/// The text form is 26 characters of Crockford's base32 in lower case, which survives mail systems that change the case of links. A token of the earlier
/// form, 128 bits in 22 characters of base64url, is a token as well and keeps its form. <see cref="ToString"/> masks it.
/// </remarks>
public sealed class LinkToken : IEquatable<LinkToken>
{
    /// <summary>The length of the text form in characters.</summary>
    public const int TextLength = TokenText.Length;

    /// <summary>130 bits: 16 bytes, and the last two bits in a byte of their own.</summary>
    internal const int ByteLength = 17;

    internal const int EarlierByteLength = 16;

    private readonly byte[] bytes;

    private LinkToken(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text form, as the link carries it. A secret while its session is live.</summary>
    public string Text => bytes.Length == EarlierByteLength ? Base64Url.EncodeToString(bytes) : Encode(bytes);

    /// <summary>Draws a token from the operating system's random source.</summary>
    public static LinkToken Generate()
    {
        var bytes = RandomNumberGenerator.GetBytes(ByteLength);
        bytes[^1] &= 3;
        return new(bytes);
    }

    /// <summary>Reads <see cref="Bytes"/>, of either form.</summary>
    internal static LinkToken FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>
    /// Reads the text form in any case, with <c>o</c> for 0 and <c>i</c> or <c>l</c> for 1; white space, invisible characters, punctuation and symbols are
    /// dropped, and so are percent escapes of them. The earlier form is read in its own case.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LinkToken? token)
    {
        token = TokenText.TryRead(text, out var read)
            ? new(read.Length == TextLength ? Decode(read) : Base64Url.DecodeFromChars(read))
            : null;
        return token is not null;
    }

    /// <inheritdoc/>
    public bool Equals(LinkToken? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinkToken);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";

    private static string Encode(byte[] bytes) => string.Create(TextLength, bytes, static (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var digit = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++)
                digit = (digit << 1) | BitOf(bytes, bit);
            text[i] = TokenText.Digits[digit];
        }
    });

    private static byte[] Decode(string text)
    {
        var bytes = new byte[ByteLength];
        for (var bit = 0; bit < text.Length * 5; bit++)
        {
            var digit = TokenText.Digits.IndexOf(text[bit / 5], StringComparison.Ordinal);
            var set = (digit >> (4 - (bit % 5))) & 1;
            bytes[bit / 8] = (byte)((bytes[bit / 8] << 1) | set);
        }

        return bytes;
    }

    // The byte behind the sixteenth holds two bits, at its low end.
    private static int BitOf(byte[] bytes, int bit) => bit < EarlierByteLength * 8 ? (bytes[bit / 8] >> (7 - (bit % 8))) & 1 : (bytes[^1] >> (129 - bit)) & 1;
}
