using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>What a program writes by hand with MailKit: some connections that stay open, each of which sends one message after another.</summary>
internal sealed class MailKitLoop : IDisposable
{
    private readonly ExampleMail mail;
    private readonly SmtpClient[] clients;

    private MailKitLoop(ExampleMail mail, SmtpClient[] clients)
    {
        this.mail = mail;
        this.clients = clients;
    }

    /// <summary>Connects.</summary>
    /// <param name="mail">What is sent.</param>
    /// <param name="port">The server's.</param>
    /// <param name="connections">How many.</param>
    /// <param name="noDelay">Whether small packets go at once, which MailKit does not ask for by itself.</param>
    public static async Task<MailKitLoop> ConnectAsync(ExampleMail mail, int port, int connections, bool noDelay)
    {
        var clients = new SmtpClient[connections];
        for (var number = 0; number < connections; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = noDelay };
            await socket.ConnectAsync("127.0.0.1", port);
            clients[number] = new();
            await clients[number].ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
        }

        return new(mail, clients);
    }

    /// <summary>The work of building and sending so many.</summary>
    public Task<Func<Task>> Prepare(int count) => Task.FromResult(Contender.Share(count, clients.Length, async (client, _) =>
    {
        using var message = mail.WriteByHand();
        await clients[client].SendAsync(message);
    }));

    public void Dispose()
    {
        foreach (var client in clients)
            client.Dispose();
    }
}
