using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>Our dispatcher, asked by as many at once as it has connections.</summary>
internal sealed class OurMail(ExampleMail mail, int port, int connections) : IDisposable
{
    private readonly SmtpDispatcher dispatcher = new(new()
    {
        Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, MaxConnections = connections,
        // The other side keeps its own as long as it lives.
        MessagesPerConnection = 10_000,
    });

    /// <summary>The work of rendering and sending so many.</summary>
    public Task<Func<Task>> Prepare(int count) => Task.FromResult(Contender.Share(count, connections, async (_, _) =>
    {
        if (await dispatcher.DispatchAsync(mail.Write(), CancellationToken.None) is not DispatchResult.Accepted)
            throw new InvalidOperationException("A message was not accepted.");
    }));

    public void Dispose() => dispatcher.Dispose();
}
