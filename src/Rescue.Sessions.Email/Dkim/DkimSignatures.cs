using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>
/// Signs messages in the name of their sender's domain, where the host has a key for it. Thread-safe.
/// </summary>
/// <remarks>
/// The first key of each algorithm signs, for not every receiver knows Ed25519. A message remembers by which selectors it was to be signed when it was
/// written, so that a repeat is the same although the keys have changed meanwhile.
/// </remarks>
internal sealed class DkimSignatures(IOptionsMonitor<IDkimOptions> options)
{
    /// <summary>Each stands once more than the message has it, so that nobody adds another one on the way (RFC 6376 section 8.15).</summary>
    private static readonly string[] Sealed = ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

    private static readonly string[] SignedIfThere = ["Content-Transfer-Encoding", "Auto-Submitted"];

    /// <summary>The selectors by which a message of the sender is to be signed now; null where there is no key.</summary>
    public string? SelectorsFor(EmailAddress sender) => Current(KeysOf(sender)) is [_, ..] keys ? string.Join(' ', keys.Select(key => key.Selector)) : null;

    /// <summary>Signs a message; without a key it stays as it is.</summary>
    public void Sign(EmailMessage message, MimeMessage mime)
    {
        var keys = KeysOf(message.From);
        var meant = message.DkimSelectors?.Split(' ') ?? [];
        DkimPrivateKey[] chosen = [.. keys.Where(key => meant.Contains(key.Selector, StringComparer.Ordinal))];
        string[] headers = [.. Sealed.SelectMany(name => Enumerable.Repeat(name, Count(mime, name) + 1)), .. SignedIfThere.Where(name => Count(mime, name) > 0)];
        foreach (var key in chosen.Length > 0 ? chosen : Current(keys))
            new DatedSigner(key, message.Date).Sign(WireFormat.For(message), mime, headers);
    }

    // A multipart message has the headers of its body's outermost part.
    private static int Count(MimeMessage mime, string name) =>
        mime.Headers.Count(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
        + (mime.Body?.Headers.Count(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? 0);

    private static DkimPrivateKey[] Current(IEnumerable<DkimPrivateKey> keys) => [.. keys.DistinctBy(key => key.Algorithm)];

    /// <summary>The keys of the sender's domain or, where it has none, of the nearest of its parents.</summary>
    private DkimPrivateKey[] KeysOf(EmailAddress sender) =>
        options.CurrentValue.Dkim.Select(key => key.Read(out _)).OfType<DkimPrivateKey>()
            .Where(key => $".{sender.AsciiDomain}".EndsWith($".{key.Domain}", StringComparison.Ordinal))
            .GroupBy(key => key.Domain).MaxBy(group => group.Key.Length)?.ToArray() ?? [];

    // Signs at the time of the message, so that a repeat after an unknown outcome is the same to the byte.
    private sealed class DatedSigner : DkimSigner
    {
        private readonly DateTimeOffset date;

        public DatedSigner(DkimPrivateKey key, DateTimeOffset date)
            : base(key.Value, key.Domain, key.Selector, key.Algorithm)
        {
            this.date = date;

            // What mail servers do to white space on the way does not break a relaxed signature (RFC 6376 section 3.4).
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override long GetTimestamp() => date.ToUnixTimeSeconds();
    }
}
