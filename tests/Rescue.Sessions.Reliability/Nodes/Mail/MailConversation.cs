using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Rescue.Sessions.Reliability.Nodes.Mail;

/// <summary>As much of SMTP (RFC 5321) as our own dispatcher speaks. A message counts when its last line has come, before it is answered.</summary>
internal sealed class MailConversation(Stream stream, Action<string, ReadOnlyMemory<byte>> take, TimeSpan delay)
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] MessageEnd = "\r\n.\r\n"u8.ToArray();

    private readonly PipeReader input = PipeReader.Create(stream);

    private string recipient = "";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync("220 sink.localhost ESMTP", cancellationToken);
        while (await ReadUntilAsync(LineEnd, cancellationToken) is { } line)
        {
            var command = Encoding.ASCII.GetString(line.Span);
            switch (command.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "DATA":
                    await AnswerAsync("354 Go on", cancellationToken);
                    if (await ReadUntilAsync(MessageEnd, cancellationToken) is not { } source)
                        return;
                    take(recipient, source);
                    await Task.Delay(delay, cancellationToken);
                    await AnswerAsync("250 Taken", cancellationToken);
                    break;
                case "RCPT":
                    recipient = command[(command.IndexOf('<', StringComparison.Ordinal) + 1)..command.IndexOf('>', StringComparison.Ordinal)];
                    await AnswerAsync("250 Known", cancellationToken);
                    break;
                case "EHLO":
                    await AnswerAsync("250-sink.localhost\r\n250 8BITMIME", cancellationToken);
                    break;
                case "QUIT":
                    await AnswerAsync("221 Bye", cancellationToken);
                    return;
                default:
                    await AnswerAsync("250 Fine", cancellationToken);
                    break;
            }
        }
    }

    private ValueTask AnswerAsync(string answer, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellationToken);

    /// <summary>What comes before a delimiter, or null when the client goes before that.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadUntilAsync(byte[] delimiter, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            if (Find(read.Buffer, delimiter) is { } found)
            {
                var content = read.Buffer.Slice(0, found).ToArray();
                input.AdvanceTo(read.Buffer.GetPosition(delimiter.Length, found));
                return content;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private static SequencePosition? Find(ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> delimiter)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> before, delimiter) ? before.End : null;
    }
}
