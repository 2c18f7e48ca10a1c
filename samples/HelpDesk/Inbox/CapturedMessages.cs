namespace HelpDesk.Inbox;

/// <summary>The last messages that came in, bounded in number and in bytes. Thread-safe.</summary>
internal sealed class CapturedMessages(TimeProvider time)
{
    public const int MaxMessages = 2_000;
    public const long MaxBytes = 256L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<CapturedMessage> _messages = new();
    private long _lastId;
    private long _bytes;

    public CapturedMessage Add(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> source)
    {
        lock (_lock)
        {
            var message = new CapturedMessage(++_lastId, time.GetUtcNow(), sender, recipients, source);
            _messages.Enqueue(message);
            _bytes += source.Length;
            while (_messages.Count > MaxMessages || _bytes > MaxBytes)
                _bytes -= _messages.Dequeue().Source.Length;
            return message;
        }
    }

    public CapturedMessage? Find(string id)
    {
        lock (_lock)
            return _messages.FirstOrDefault(message => message.Id == id);
    }

    public IReadOnlyList<CapturedMessage> NewestFirst()
    {
        lock (_lock)
            return [.. _messages.Reverse()];
    }
}
