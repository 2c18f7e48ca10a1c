using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>The other end of <see cref="MailingProcess"/>: a help desk that sends what its technicians ask for.</summary>
internal static class MailingServer
{
    /// <summary>What it is called on the command line, followed by the mail server's port and the database.</summary>
    public const string Name = "mailing";

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var app = HostedDesk.Build(
            arguments[2],
            options =>
            {
                options.Invitations.RecipientLimit = 0;
                options.Invitations.DistinctRecipients = 0;
            },
            sessions => sessions.AddEmail(options => options.SenderAddress = "support@example.org").UseSmtp(options =>
            {
                options.Host = "127.0.0.1";
                options.Port = int.Parse(arguments[1], CultureInfo.InvariantCulture);
                options.Security = SmtpSecurity.None;
            }));
        await Console.Out.WriteLineAsync((await HostedDesk.StartAsync(app)).ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
