using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The 130-bit secret in a guest's link. It is no <see cref="LinkToken"/>: neither is taken for the other, and a store keeps only its keyed hash. Immutable.
/// </summary>
/// <remarks>The text form is 26 characters of Crockford's base32 in lower case, read as forgivingly as that of a connection link. <see cref="ToString"/> masks it.</remarks>
public sealed class GuestToken
{
    private readonly LinkToken token;

    private GuestToken(LinkToken token) => this.token = token;

    internal ReadOnlySpan<byte> Bytes => token.Bytes;

    /// <summary>The text form. A secret while the guest is invited.</summary>
    public string Text => token.Text;

    internal static GuestToken Generate() => new(LinkToken.Generate());

    /// <summary>Reads the text form; see <see cref="LinkToken.TryParse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out GuestToken? token)
    {
        // There were guests only after the earlier form of tokens.
        token = LinkToken.TryParse(text, out var read) && read.Bytes.Length == LinkToken.ByteLength ? new(read) : null;
        return token is not null;
    }

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
