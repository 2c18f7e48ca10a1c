using CsCheck;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Email.Smtp;

public sealed class PostfixSinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DispatchAsync_HostileMessages_AreAllAccepted()
    {
        await using var sink = await PostfixSink.StartAsync(Cancellation);
        var options = new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None };
        await using var dispatcher = new SmtpDispatcher(options);

        await Gen.Select(Hostile.Line, Hostile.Body, Hostile.Mailbox.Where(m => !m.RequiresSmtpUtf8)).SampleAsync(
            async (subject, text, to) =>
            {
                var message = SampleMessage.Create() with { Subject = subject, Text = text, To = to };
                var result = await dispatcher.DispatchAsync(message, Cancellation);
                result.Should().BeOfType<DispatchResult.Accepted>();
            },
            iter: 500);
    }
}
