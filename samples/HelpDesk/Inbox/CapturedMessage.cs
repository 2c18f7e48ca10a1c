using System.Globalization;

namespace HelpDesk.Inbox;

/// <summary>A message as it came over the wire, without the dots that SMTP adds.</summary>
public sealed class CapturedMessage(long number, DateTimeOffset receivedAt, string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> source)
{
    // Parsed when somebody looks, and once: capturing keeps up with a sender only while it does not.
    private readonly Lazy<MessageContent> _content = new(() => MessageContent.Parse(source));

    /// <summary>Counts up from 1 in the order of arrival.</summary>
    public long Number { get; } = number;

    /// <summary>The number as it stands in addresses.</summary>
    public string Id { get; } = number.ToString(CultureInfo.InvariantCulture);

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>The envelope's sender; empty for a bounce.</summary>
    public string Sender { get; } = sender;

    /// <summary>The envelope's recipients.</summary>
    public IReadOnlyList<string> Recipients { get; } = recipients;

    public ReadOnlyMemory<byte> Source { get; } = source;

    public MessageContent Content => _content.Value;
}
