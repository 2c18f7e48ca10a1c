using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>The two credentials of one session: the PIN to type and the token in the link.</summary>
/// <param name="Pin">The PIN.</param>
/// <param name="Token">The token; null when links carry only the PIN.</param>
internal sealed record ConnectionCode(PinCode Pin, LinkToken? Token)
{
    public byte[] Seal(KeyRing keys, SessionId session)
    {
        Span<byte> plain = stackalloc byte[LinkToken.ByteLength + PinCode.MaxLength];
        var length = 0;
        if (Token is not null)
        {
            Token.Bytes.CopyTo(plain);
            length = Token.Bytes.Length;
        }

        length += Encoding.ASCII.GetBytes(Pin.Digits, plain[length..]);
        return keys.Seal(plain[..length], session);
    }

    /// <summary>Reads what <see cref="Seal"/> has sealed.</summary>
    public static ConnectionCode FromBytes(ReadOnlySpan<byte> plain)
    {
        var length = TokenLengthOf(plain);
        return new(PinCode.Parse(Encoding.ASCII.GetString(plain[length..])), length == 0 ? null : LinkToken.FromBytes(plain[..length]));
    }

    public override string ToString() => "****";

    // A PIN has at most 12 digits, so whatever is longer begins with a token; the last byte of one is no digit, and in its place stands the first of the
    // PIN behind a token of the earlier form.
    private static int TokenLengthOf(ReadOnlySpan<byte> plain) =>
        plain.Length <= PinCode.MaxLength ? 0
        : char.IsAsciiDigit((char)plain[LinkToken.EarlierByteLength]) ? LinkToken.EarlierByteLength
        : LinkToken.ByteLength;
}
