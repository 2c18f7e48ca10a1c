namespace HelpDesk.Inbox;

/// <summary>A message as <c>GET /inbox/messages</c> lists it.</summary>
internal sealed record MessageSummary(
    string Id,
    string From,
    string ReplyTo,
    string To,
    string Subject,
    DateTimeOffset? Date,
    DateTimeOffset ReceivedAt,
    string EnvelopeFrom,
    IReadOnlyList<string> EnvelopeTo,
    string? Text,
    string? Html,
    string Raw)
{
    public static MessageSummary Of(CapturedMessage message)
    {
        var content = message.Content;
        return new(
            message.Id, content.From, content.ReplyTo, content.To, content.Subject, content.Date, message.ReceivedAt,
            message.Sender, message.Recipients, content.Text, content.Html, $"/inbox/{message.Id}/raw");
    }
}
