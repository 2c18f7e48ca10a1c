using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Inbox.Smtp;

/// <summary>Moves bytes between a client and a session. Answers to pipelined commands leave together (RFC 2920).</summary>
internal sealed class SmtpConnection(Stream stream, CapturedMessages messages, TimeProvider time)
{
    private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true));
    private readonly ArrayBufferWriter<byte> _replies = new();
    private readonly SmtpSession _session = new(messages);
    private DataReceiver? _data;

    /// <summary>Serves the client until it quits, goes away, is idle for too long or the server stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var idle = new CancellationTokenSource(SmtpLimits.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, stopping);
        try
        {
            try
            {
                await ConverseAsync(idle, either.Token);
            }
            catch (OperationCanceledException) when (idle.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                await stream.WriteAsync(SmtpReply.Idle, stopping);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
        {
            // The client went away, or the host stops: either way there is nobody left to answer.
        }
        finally
        {
            await _input.CompleteAsync();
        }
    }

    private async Task ConverseAsync(CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(SmtpReply.Greeting, cancellationToken);
        while (!_session.HasEnded)
        {
            idle.CancelAfter(SmtpLimits.IdleTimeout);
            var read = await _input.ReadAsync(cancellationToken);
            _input.AdvanceTo(Consume(read.Buffer), read.Buffer.End);
            await FlushAsync(cancellationToken);
            if (read.IsCompleted)
                return;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_replies.WrittenCount == 0)
            return;
        await stream.WriteAsync(_replies.WrittenMemory, cancellationToken);
        _replies.ResetWrittenCount();
    }

    private SequencePosition Consume(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (!_session.HasEnded && (_data is null ? ConsumeCommand(ref reader) : ConsumeData(ref reader)))
        {
        }
        return reader.Position;
    }

    private bool ConsumeCommand(ref SequenceReader<byte> reader)
    {
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
        {
            if (reader.Remaining > SmtpLimits.MaxCommandBytes)
                Dismiss(ref reader);
            return false;
        }
        _replies.Write(line.Length > SmtpLimits.MaxCommandBytes ? SmtpReply.LineTooLong : _session.Answer(Encoding.UTF8.GetString(line)));
        if (_session.ReceivesData)
            _data = new DataReceiver(SmtpLimits.MaxMessageBytes);
        return true;
    }

    // A line without an end is not kept: the client is told and let go.
    private void Dismiss(ref SequenceReader<byte> reader)
    {
        _replies.Write(SmtpReply.LineTooLong);
        _replies.Write(_session.Answer("QUIT"));
        reader.AdvanceToEnd();
    }

    private bool ConsumeData(ref SequenceReader<byte> reader)
    {
        while (!reader.End && !_data!.IsComplete)
            reader.Advance(_data.Take(reader.UnreadSpan));
        if (!_data!.IsComplete)
            return false;
        _replies.Write(_session.Receive(_data.Content));
        _data = null;
        return true;
    }
}
