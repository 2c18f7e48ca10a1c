using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>One connection to the sink.</summary>
internal sealed class SmtpSinkSession(
    NetworkStream network, SmtpSinkSettings settings, bool isFaulty, TaskCompletionSource faulted, CancellationToken stopping)
{
    private readonly Queue<byte> buffered = new();
    private readonly TaskCompletionSource goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream stream = Stream.Null;
    private bool isSecure;

    /// <summary>The lines received outside bodies, without their CRLF.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>The bodies, dots unstuffed, without the terminator.</summary>
    public ConcurrentQueue<byte[]> Messages { get; } = [];

    /// <summary>Every octet received before encryption.</summary>
    public ConcurrentQueue<byte> Clear { get; } = [];

    /// <summary>CR without LF or LF without CR, anywhere in what was received.</summary>
    public int LoneLineEnds { get; private set; }

    /// <summary>Whether the client ended the connection with QUIT.</summary>
    public bool SaidGoodbye => Goodbye.IsCompleted;

    /// <summary>Completes when it has.</summary>
    public Task Goodbye => goodbye.Task;

    public async Task RunAsync()
    {
        try
        {
            await using (network)
                await ConverseAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or EndOfStreamException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client, or the end of the test, has closed the connection.
        }
    }

    private async Task ConverseAsync()
    {
        stream = network;
        if (settings.Security == SmtpSecurity.SslOnConnect)
        {
            if (IsFaultyAt(SmtpPhase.Connect))
            {
                await CommitAsync("220 sink ESMTP\r\n");
                return;
            }

            await EncryptAsync();
        }

        if (!await AnswerAsync(SmtpPhase.Greeting, "220 sink ESMTP\r\n"))
            return;
        while (await ReadLineAsync() is { } line)
        {
            Commands.Enqueue(line);
            if (!await ObeyAsync(line))
                return;
        }
    }

    private async Task<bool> ObeyAsync(string line)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "EHLO":
            case "HELO":
                return await AnswerAsync(SmtpPhase.Ehlo, Capabilities());
            case "STARTTLS":
                if (!await AnswerAsync(SmtpPhase.StartTls, "220 2.0.0 go ahead\r\n"))
                    return false;
                await EncryptAsync();
                return true;
            case "AUTH":
                return await AnswerAsync(SmtpPhase.Authenticate, "235 2.7.0 welcome\r\n");
            case "MAIL":
                return await AnswerAsync(SmtpPhase.Mail, "250 2.1.0 sender ok\r\n");
            case "RCPT":
                return await AnswerAsync(SmtpPhase.Recipient, "250 2.1.5 recipient ok\r\n");
            case "DATA":
                if (!await AnswerAsync(SmtpPhase.Data, "354 go ahead\r\n"))
                    return false;
                if (IsRefusing(SmtpPhase.Data))
                    return true;
                if (settings.DropsInBody)
                    return await ReadOctetAsync() is null;
                Messages.Enqueue(await ReadBodyAsync());
                return await AnswerAsync(SmtpPhase.EndOfBody, $"250 2.0.0 Ok: queued as Q{Messages.Count}\r\n");
            case "QUIT":
                goodbye.TrySetResult();
                await WriteAsync("221 2.0.0 bye\r\n");
                return false;
            default:
                return await AnswerAsync(SmtpPhase.Housekeeping, "250 2.0.0 ok\r\n");
        }
    }

    private string Capabilities()
    {
        List<string> lines = ["sink", .. settings.Extensions];
        if (settings.Security == SmtpSecurity.StartTls && !isSecure && !IsStripped)
            lines.Add("STARTTLS");
        if (settings.Authentication is { } mechanisms)
            lines.Add($"AUTH {mechanisms}");
        return string.Concat(lines.Select((text, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{text}\r\n"));
    }

    private bool IsStripped => isFaulty && settings is { Fault: SmtpFault.TlsStripped, FaultyPhase: SmtpPhase.Greeting or SmtpPhase.Ehlo };

    private bool IsFaultyAt(SmtpPhase phase) => isFaulty && Messages.Count >= settings.MessagesBeforeFault && settings.FaultyPhase == phase
        && !(IsStripped && phase is SmtpPhase.Greeting or SmtpPhase.Ehlo);

    private bool IsRefusing(SmtpPhase phase) =>
        IsFaultyAt(phase) || (settings.Answers.TryGetValue(phase, out var answer) && answer[0] != '3');

    /// <summary>Answers, or commits the fault; false when the connection has ended.</summary>
    private async Task<bool> AnswerAsync(SmtpPhase phase, string answer)
    {
        if (IsFaultyAt(phase))
            return await CommitAsync(answer);
        settings.Answering?.Invoke();
        await WriteAsync(settings.Answers.GetValueOrDefault(phase, answer));
        return true;
    }

    private async Task<bool> CommitAsync(string answer)
    {
        try
        {
            return await CommitAsync(settings.Fault, answer);
        }
        finally
        {
            faulted.TrySetResult();
        }
    }

    private async Task<bool> CommitAsync(SmtpFault fault, string answer)
    {
        switch (fault)
        {
            case SmtpFault.Transient:
                await WriteAsync("451 4.7.1 greylisted, come back in 300 seconds\r\n");
                return true;
            case SmtpFault.Permanent:
                await WriteAsync("554 5.7.1 refused\r\n");
                return true;
            case SmtpFault.Closing:
                await WriteAsync("421 4.3.2 closing\r\n");
                return false;
            case SmtpFault.PermanentThenDrop:
                await WriteAsync("554 5.7.1 refused\r\n");
                return false;
            case SmtpFault.Drop:
                return false;
            case SmtpFault.Reset:
                network.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
                network.Socket.Close();
                return false;
            case SmtpFault.HalfThenDrop:
                await WriteAsync(answer[..2]);
                return false;
            case SmtpFault.Hang:
                return await HangAsync();
            case SmtpFault.HalfThenHang:
                await WriteAsync(answer[..^2]);
                return await HangAsync();
            case SmtpFault.Drip:
                return await DripAsync(answer[..3]);
            case SmtpFault.Garbage:
                await WriteAsync("\x01\x02 hello\r\n");
                return true;
            case SmtpFault.Endless:
                while (true)
                    await WriteAsync(string.Concat(Enumerable.Repeat($"{answer[..3]}-more\r\n", 100)));
            case SmtpFault.Contradiction:
                await WriteAsync($"{answer[..3]}-one\r\n{(answer[0] == '2' ? "554" : "250")} two\r\n");
                return true;
            case SmtpFault.OutOfPlace:
                await WriteAsync(answer.StartsWith("354", StringComparison.Ordinal) ? "250 2.0.0 queued\r\n" : "354 go ahead\r\n");
                return true;
            case SmtpFault.Injected:
                await WriteAsync(answer + "250 2.0.0 Ok: queued as FORGED\r\n");
                return true;
            default:
                await network.WriteAsync(Encoding.ASCII.GetBytes("250 2.0.0 in clear\r\n"), stopping);
                return await HangAsync();
        }
    }

    /// <summary>Goes on in the same line until the client has had enough.</summary>
    private async Task<bool> DripAsync(string code)
    {
        await WriteAsync(code + "-slow");
        faulted.TrySetResult();
        while (true)
        {
            await WriteAsync("x");
            await Task.Delay(TimeSpan.FromSeconds(1), settings.Time, stopping);
        }
    }

    private async Task<bool> HangAsync()
    {
        faulted.TrySetResult();
        while (await ReadOctetAsync() is not null)
        {
        }

        return false;
    }

    private async Task EncryptAsync()
    {
        if (buffered.Count > 0)
            throw new InvalidDataException("The client spoke before encryption.");
        var encrypted = new SslStream(network);
        await encrypted.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = settings.Certificate }, stopping);
        stream = encrypted;
        isSecure = true;
    }

    private async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stopping);
        await stream.FlushAsync(stopping);
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        while (await ReadOctetAsync() is { } octet)
        {
            line.Add(octet);
            if (octet != '\n')
                continue;
            CountLoneLineEnds([.. line]);
            if (line.Count >= 2 && line[^2] == '\r')
                return Encoding.UTF8.GetString([.. line[..^2]]);
        }

        return null;
    }

    private async Task<byte[]> ReadBodyAsync()
    {
        var body = new List<byte>("\r\n"u8.ToArray());
        while (!EndsWith(body, "\r\n.\r\n"u8))
            body.Add(await ReadOctetAsync() ?? throw new EndOfStreamException());

        var octets = body.ToArray().AsSpan(2, body.Count - 5);
        CountLoneLineEnds(octets);
        return Encoding.Latin1.GetBytes(
            ("\r\n" + Encoding.Latin1.GetString(octets)).Replace("\r\n..", "\r\n.", StringComparison.Ordinal)[2..]);
    }

    private static bool EndsWith(List<byte> octets, ReadOnlySpan<byte> end) =>
        octets.Count >= end.Length && System.Runtime.InteropServices.CollectionsMarshal.AsSpan(octets).EndsWith(end);

    private void CountLoneLineEnds(ReadOnlySpan<byte> octets)
    {
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r'))
                LoneLineEnds++;
            if (octets[i] == '\r' && (i + 1 == octets.Length || octets[i + 1] != '\n'))
                LoneLineEnds++;
        }
    }

    private async ValueTask<byte?> ReadOctetAsync()
    {
        if (buffered.Count == 0)
        {
            var block = new byte[4096];
            var count = await stream.ReadAsync(block, stopping);
            for (var i = 0; i < count; i++)
            {
                buffered.Enqueue(block[i]);
                if (!isSecure)
                    Clear.Enqueue(block[i]);
            }

            if (count == 0)
                return null;
        }

        return buffered.Dequeue();
    }
}
