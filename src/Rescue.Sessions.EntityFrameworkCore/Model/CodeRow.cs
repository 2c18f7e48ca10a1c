namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>The hash of a PIN, of a link's token or of a guest's, under one key of the ring.</summary>
internal sealed class CodeRow
{
    public const string Pin = "pin";
    public const string Token = "token";

    public const string Guest = "guest";

    public required string Kind { get; set; }

    public required byte[] Hash { get; set; }

    public required byte[] SessionId { get; set; }

    /// <summary>1 until the session ends, or the guest's visit; live PINs are unique.</summary>
    public int Live { get; set; }

    /// <summary>
    /// The hash of the instance that has redeemed the PIN; null before, and for what an earlier version has redeemed. It stands here so that a used PIN is
    /// told from a live one without looking at its session.
    /// </summary>
    public byte[]? Instance { get; set; }
}
