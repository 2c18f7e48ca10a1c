using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Sms;

/// <summary>A finished short text to one telephone, without any way to be sent. Immutable, and checked when it is made. Its text holds the link, which is a secret.</summary>
public sealed record SmsMessage
{
    /// <summary>The most parts that a text is sent in; every gateway joins at least as many.</summary>
    public const int MaximumParts = 6;

    /// <summary>Names the text: 32 hexadecimal digits. A repeat has the same, another text for the same session another.</summary>
    public required string Id { get; init; }

    /// <summary>The telephone. Personal data.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>The text with the link at its end, in at most <see cref="MaximumParts"/> parts.</summary>
    /// <exception cref="ArgumentException">It is empty, or takes more parts.</exception>
    public required string Text
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Text));
            field = SmsParts.CountOf(value) <= MaximumParts
                ? value
                : throw new ArgumentException($"The text must fit into {MaximumParts} parts of an SMS.", nameof(Text));
        }
    }

    /// <summary>How the text goes through the air, by its characters.</summary>
    public SmsEncoding Encoding => SmsParts.EncodingOf(Text);

    /// <summary>In how many parts it goes, each of which is paid for as a rule.</summary>
    public int Parts => SmsParts.CountOf(Text);

    /// <summary>The language of the text as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The tenant of whoever invites.</summary>
    public required string Tenant { get; init; }

    /// <summary>The session that the text invites to.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The tenant's organisation as it is when the text is handed over, for whoever chooses a sender by it; null in a text that somebody else has made.</summary>
    public Organization? Organization { get; init; }

    /// <summary>Names it by its id; never its number, text or link.</summary>
    public override string ToString() => $"{nameof(SmsMessage)} {Id}";
}
