using HelpDesk.Inbox;
using HelpDesk.Inbox.Smtp;
using Rescue.Sessions.Email.Smtp;

namespace HelpDesk.Support;

/// <summary>Where mail goes: to the server that <c>Smtp__Host</c> names or, in Development, to the sample's own inbox.</summary>
internal static class MailServer
{
    private const string Section = "Smtp";

    /// <exception cref="InvalidOperationException">There is no mail server, and nobody would look into the inbox.</exception>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration.GetSection(Section);
        builder.Services.AddOptions<SmtpOptions>().Configure(options => configuration.BindExactly(options));
        if (builder.Environment.IsDevelopment())
            builder.Services.AddInbox();
        if (!string.IsNullOrWhiteSpace(configuration["Host"]))
            return;
        if (!builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                "There is no mail server. Set Smtp__Host (with Smtp__Port and Smtp__Security) to the one that mail goes out by; only in Development does the "
                + "sample keep mail in an inbox of its own.");
        }

        builder.Services.AddOptions<SmtpOptions>().Configure<SmtpServer>((options, inbox) =>
        {
            options.Host = inbox.EndPoint.Address.ToString();
            options.Port = inbox.EndPoint.Port;
            options.Security = SmtpSecurity.None;
        });
    }
}
