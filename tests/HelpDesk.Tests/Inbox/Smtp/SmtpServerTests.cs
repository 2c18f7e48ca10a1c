using System.Net.Sockets;
using System.Text;
using HelpDesk.Inbox;
using HelpDesk.Inbox.Smtp;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace HelpDesk.Tests.Inbox.Smtp;

public sealed class SmtpServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RenewedTime _time = new();
    private readonly CapturedMessages _messages;
    private readonly SmtpServer _server;

    public SmtpServerTests()
    {
        _messages = new CapturedMessages(_time);
        _server = new SmtpServer(_messages, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        _server.Dispose();
    }

    [Fact]
    public async Task Server_MailOfAUsualClient_IsCapturedByteForByte()
    {
        using var sent = Mail("zoë@exämple.example", ".starts with a dot\r\nGrüße\r\n..two\r\n" + new string('x', 20_000));

        using (var client = await ConnectAsync())
        {
            client.Capabilities.Should().HaveFlag(SmtpCapabilities.Pipelining | SmtpCapabilities.EightBitMime | SmtpCapabilities.UTF8 | SmtpCapabilities.Size);
            await client.SendAsync(FormatOptions.Default, sent, Cancellation);
            await client.SendAsync(FormatOptions.Default, sent, Cancellation);
            await client.DisconnectAsync(true, Cancellation);
        }

        var captured = _messages.NewestFirst();
        captured.Should().HaveCount(2);
        captured[0].Source.ToArray().Should().Equal(captured[1].Source.ToArray());
        captured[0].Content.Text!.ReplaceLineEndings().TrimEnd().Should().Be(sent.TextBody!.ReplaceLineEndings().TrimEnd());
        captured[0].Content.To.Should().Contain("zoë@exämple.example");
    }

    [Fact]
    public async Task Server_MessageTooBig_IsRefusedAndTheConnectionGoesOn()
    {
        using var big = Mail("a@b.example", new string('x', SmtpLimits.MaxMessageBytes));
        using var small = Mail("a@b.example", "small");
        using var client = await ConnectAsync();

        var send = () => client.SendAsync(big, Cancellation);

        (await send.Should().ThrowAsync<SmtpCommandException>()).Which.StatusCode.Should().Be(SmtpStatusCode.ExceededStorageAllocation);
        await client.SendAsync(small, Cancellation);
        _messages.NewestFirst().Should().ContainSingle();
    }

    [Fact]
    public async Task Server_PipelinedInOneWrite_AnswersAllInOrder()
    {
        using var client = await DialAsync();

        var answers = await AskAsync(client, "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: s\r\n\r\nbody\r\n.\r\nNOOP\r\nQUIT\r\n");

        answers.Split("\r\n").Where(line => line.Length > 3 && line[3] == ' ').Select(line => line[..3])
            .Should().Equal("220", "250", "250", "250", "354", "250", "250", "221");
    }

    [Fact]
    public async Task Server_EndlessLine_IsCutOff()
    {
        using var client = await DialAsync();

        var answers = await AskAsync(client, new string('x', SmtpLimits.MaxCommandBytes * 4));

        answers.Should().Contain("500 5.5.2 Line too long").And.Contain("221");
    }

    [Fact]
    public async Task Server_IdleClient_IsToldAndLetGo()
    {
        using var client = await DialAsync();
        // A wait that begins in the midst of the clock's move begins at its end.
        await _time.Renewed.WaitAsync(Patience, Cancellation);

        _time.Advance(SmtpLimits.IdleTimeout);

        (await ReadToEndAsync(client)).Should().EndWith("421 4.4.2 Idle for too long\r\n");
    }

    [Fact]
    public async Task Server_TooManyConnections_RefusesTheNext()
    {
        var clients = new List<TcpClient>();
        try
        {
            for (var i = 0; i < SmtpLimits.MaxConnections; i++)
            {
                clients.Add(await DialAsync());
                await clients[i].GetStream().ReadExactlyAsync(new byte[4], Cancellation);
            }
            using var next = await DialAsync();

            (await ReadToEndAsync(next)).Should().StartWith("421 4.7.0");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private async Task<SmtpClient> ConnectAsync()
    {
        var client = new SmtpClient();
        await client.ConnectAsync(_server.EndPoint.Address.ToString(), _server.EndPoint.Port, SecureSocketOptions.None, Cancellation);
        return client;
    }

    private async Task<TcpClient> DialAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_server.EndPoint, Cancellation);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient client, string commands)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(commands), Cancellation);
        return await ReadToEndAsync(client);
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadToEndAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }

    private static MimeMessage Mail(string to, string body) => new(
        [new MailboxAddress("Alice Martin, Acme", "alice@acme.example")], [new MailboxAddress("", to)], "Grüße", new TextPart("plain") { Text = body });

    /// <summary>Tells when a wait begins anew, as a connection's does after each command and after the greeting.</summary>
    private sealed class RenewedTime() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
    {
        private readonly TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Renewed => _renewed.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(base.CreateTimer(callback, state, dueTime, period), _renewed);

        private sealed class Timer(ITimer inner, TaskCompletionSource renewed) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var changed = inner.Change(dueTime, period);
                renewed.TrySetResult();
                return changed;
            }

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
