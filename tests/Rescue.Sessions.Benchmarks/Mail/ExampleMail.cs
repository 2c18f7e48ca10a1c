using MimeKit;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>One invitation of 9 KB, text and HTML: as a template of ours, and as a hand-written program builds it of ready texts.</summary>
internal sealed class ExampleMail
{
    private const string Paragraph = "You asked our support team for help. Open the link below, follow the steps on the page, and we begin with you.";
    private const int Paragraphs = 34;

    private static readonly EmailAddress From = EmailAddress.Parse("support@example.org").WithDisplayName("Ada Lovelace, Acme Support");
    private static readonly EmailAddress To = EmailAddress.Parse("grace@example.org");
    private static readonly Uri Link = new(TemplateValues.Sample.LinkUrl);

    private readonly EmailTemplate template = EmailTemplate.Check(new(
        "{{ technician.name }} would like to help you",
        "Hello {{ customer.name }},\n" + Repeat(Paragraph + "\n") + "{{ link.url }}\nPIN {{ pin.code }}, until {{ link.expires_at }}\n",
        "<p>Hello {{ customer.name }},</p>\n" + Repeat($"<p>{Paragraph}</p>\n")
            + "<p><a href=\"{{ link.url }}\">Get help now</a></p>\n<p>PIN {{ pin.code }}, until {{ link.expires_at }}</p>\n"));

    private readonly RenderedEmail ready;

    public ExampleMail() => ready = template.Render(TemplateValues.Sample);

    /// <summary>A message of ours, rendered anew.</summary>
    public EmailMessage Write()
    {
        var rendered = template.Render(TemplateValues.Sample);
        return new()
        {
            MessageId = $"{Guid.NewGuid():N}@example.org", Date = DateTimeOffset.UtcNow, From = From, To = To,
            Subject = rendered.Subject, Text = rendered.Text, Html = rendered.Html, Language = "en", Link = Link,
        };
    }

    /// <summary>The same with MimeKit, of what was rendered once.</summary>
    public MimeMessage WriteByHand()
    {
        var message = new MimeMessage { Subject = ready.Subject, Body = new BodyBuilder { TextBody = ready.Text, HtmlBody = ready.Html }.ToMessageBody() };
        message.From.Add(new MailboxAddress("Ada Lovelace, Acme Support", "support@example.org"));
        message.To.Add(new MailboxAddress(null, "grace@example.org"));
        return message;
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, Paragraphs));
}
