using MimeKit.Cryptography;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>Signs at the time of the message, so that a repeat after an unknown outcome is the same to the byte.</summary>
internal sealed class DatedDkimSigner : DkimSigner
{
    private readonly DateTimeOffset date;

    public DatedDkimSigner(DkimPrivateKey key, DateTimeOffset date)
        : base(key.Value, key.Domain, key.Selector, key.Algorithm)
    {
        this.date = date;

        // What mail servers do to white space on the way does not break a relaxed signature (RFC 6376 section 3.4).
        HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
    }

    /// <inheritdoc/>
    protected override long GetTimestamp() => date.ToUnixTimeSeconds();
}
