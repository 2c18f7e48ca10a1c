using Rescue.Sessions.Email;

namespace Rescue.Sessions.DispatcherContract;

/// <summary>Messages as the core writes them.</summary>
public static class Messages
{
    public static readonly DateTimeOffset Date = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A message that no other test has.</summary>
    public static EmailMessage New(MessageShape shape = MessageShape.Plain)
    {
        var plain = new EmailMessage
        {
            MessageId = $"{Guid.NewGuid():N}@example.org", Date = Date,
            From = Address("support@example.org").WithDisplayName("Ada Lovelace, Example Support"), To = Address("grace@example.org"),
            Subject = "Your support session", Text = "Click the link:\nhttps://help.example.org/Customer/Code.aspx?i=2&Code=483920\n", Language = "en",
            Link = new Uri("https://help.example.org/Customer/Code.aspx?i=2&Code=483920"), Session = SessionId.New(Date), Reference = "T-42",
        };
        return shape switch
        {
            MessageShape.Html => plain with { Html = "<p>Click <a href=\"https://help.example.org/Customer/Code.aspx?i=2&amp;Code=483920\">the link</a>.</p>" },
            MessageShape.Arabic => plain with
            {
                From = plain.From.WithDisplayName("آدا، الدعم"), Subject = "جلسة الدعم الخاصة بك", Text = "انقر على الرابط:\n" + plain.Link.OriginalString, Language = "ar",
            },
            MessageShape.AnsweredByTheTechnician => plain with { ReplyTo = Address("ada@example.org") },
            MessageShape.LongSubject => plain with { Subject = string.Join(' ', Enumerable.Repeat("Überraschung", 30)) },
            MessageShape.OddLines => plain with { Text = ".\n..two\n.three\n" + new string('x', 2000) + "\n" + plain.Link.OriginalString },
            MessageShape.WithoutSession => plain with { Session = null, Reference = null },
            _ => plain,
        };
    }

    private static EmailAddress Address(string text) => EmailAddress.Parse(text);
}
