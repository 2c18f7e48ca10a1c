using System.Buffers;

namespace HelpDesk.Inbox.Smtp;

/// <summary>
/// Takes the bytes after DATA in whatever pieces they come, removes the dots that the client doubled and finds the end (RFC 5321, section 4.5.2).
/// </summary>
/// <remarks>
/// Only CR LF ends a line. A server that took a bare LF for one would let a message's author smuggle in a second message.
/// </remarks>
internal sealed class DataReceiver(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _content = new(16 * 1024);
    private Position _position = Position.LineStart;
    private bool _tooBig;

    private enum Position
    {
        LineStart,
        Text,
        CarriageReturn,
        Dot,
        DotCarriageReturn,
        End,
    }

    public bool IsComplete => _position == Position.End;

    /// <summary>The message, or null when it grew beyond the limit.</summary>
    public ReadOnlyMemory<byte>? Content => _tooBig ? default(ReadOnlyMemory<byte>?) : _content.WrittenMemory;

    /// <summary>Takes in what belongs to the message, and answers how much of <paramref name="input"/> that was.</summary>
    public int Take(ReadOnlySpan<byte> input)
    {
        var taken = 0;
        while (taken < input.Length && !IsComplete)
        {
            if (_position == Position.Text)
            {
                var toLineBreak = input[taken..].IndexOf((byte)'\r');
                var run = toLineBreak < 0 ? input[taken..] : input.Slice(taken, toLineBreak);
                Write(run);
                taken += run.Length;
                if (toLineBreak < 0)
                    break;
            }
            Step(input[taken++]);
        }
        return taken;
    }

    private void Step(byte next)
    {
        switch (_position, next)
        {
            case (Position.LineStart, (byte)'.'):
                _position = Position.Dot;
                return;
            case (Position.Dot, (byte)'\r'):
                _position = Position.DotCarriageReturn;
                return;
            case (Position.DotCarriageReturn, (byte)'\n'):
                _position = Position.End;
                return;
            case (Position.DotCarriageReturn, _):
                Write("\r"u8);
                break;
        }
        var endsLine = _position is Position.CarriageReturn && next == '\n';
        Write([next]);
        _position = endsLine ? Position.LineStart : next == '\r' ? Position.CarriageReturn : Position.Text;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _tooBig |= _content.WrittenCount + bytes.Length > maxBytes;
        if (!_tooBig)
            _content.Write(bytes);
    }
}
