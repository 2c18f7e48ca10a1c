using System.Security.Cryptography;
using MimeKit;

namespace Rescue.Sessions.Reliability.Nodes.Mail;

/// <summary>What one recipient has got. Immutable.</summary>
/// <param name="MessageId">The first message's Message-ID.</param>
/// <param name="Link">The link in it, which holds PIN and token.</param>
/// <param name="Bytes">The hash of every byte between DATA and the dot.</param>
/// <param name="Times">How often one came.</param>
/// <param name="AreIdentical">Whether all were the same to the byte.</param>
internal sealed record ReceivedMail(string MessageId, string Link, ReadOnlyMemory<byte> Bytes, int Times, bool AreIdentical)
{
    private const string LinkStart = "https://help.example.org/";

    public static ReceivedMail First(ReadOnlySpan<byte> source)
    {
        using var stream = new MemoryStream(source.ToArray());
        using var message = MimeMessage.Load(stream);
        var text = message.TextBody ?? "";
        // A message without a link is not that of any session.
        var start = Math.Max(0, text.IndexOf(LinkStart, StringComparison.Ordinal));
        var end = text.AsSpan(start).IndexOfAny('\r', '\n', ' ');
        return new(message.MessageId ?? "", text.Substring(start, Math.Max(0, end)), SHA256.HashData(source), 1, AreIdentical: true);
    }

    public ReceivedMail Again(ReadOnlySpan<byte> source) =>
        this with { Times = Times + 1, AreIdentical = AreIdentical && SHA256.HashData(source).AsSpan().SequenceEqual(Bytes.Span) };
}
