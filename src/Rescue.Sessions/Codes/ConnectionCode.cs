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
            length = LinkToken.ByteLength;
        }

        length += Encoding.ASCII.GetBytes(Pin.Digits, plain[length..]);
        return keys.Seal(plain[..length], session);
    }

    /// <summary>Reads what <see cref="Seal"/> has sealed.</summary>
    public static ConnectionCode FromBytes(ReadOnlySpan<byte> plain)
    {
        // A PIN has at most 12 digits, so whatever is longer begins with a token.
        var token = plain.Length > PinCode.MaxLength ? LinkToken.FromBytes(plain[..LinkToken.ByteLength]) : null;
        var digits = Encoding.ASCII.GetString(token is null ? plain : plain[LinkToken.ByteLength..]);
        return new(PinCode.Parse(digits), token);
    }

    public override string ToString() => "****";
}
