namespace Rescue.Sessions.Codes;

internal static class PinLength
{
    // At most one in this many PINs of a length is live, which bounds what a single guess can hit.
    private const long Sparseness = 1000;

    /// <summary>The fewest digits, not below <paramref name="least"/>, at which <paramref name="liveCodes"/> are sparse.</summary>
    public static int For(int least, long liveCodes)
    {
        var length = Math.Clamp(least, PinCode.MinLength, PinCode.MaxLength);
        var room = (long)Math.Pow(10, length);
        for (; length < PinCode.MaxLength && liveCodes >= room / Sparseness; length++)
            room *= 10;
        return length;
    }
}
