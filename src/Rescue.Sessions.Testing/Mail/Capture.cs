namespace Rescue.Sessions.Testing;

/// <summary>What has come to a dispatcher that stands in for another, and what it answers. Thread-safe.</summary>
/// <param name="isAccepted">Whether an answer accepts the message.</param>
/// <param name="first">What is answered until the test says otherwise.</param>
internal sealed class Capture<TMessage, TResult>(Func<TResult, bool> isAccepted, Func<TMessage, TResult> first)
{
    private readonly Lock gate = new();
    private readonly List<TMessage> attempts = [];
    private readonly List<TMessage> accepted = [];
    private Func<TMessage, TResult> answer = first;

    public IReadOnlyList<TMessage> Accepted
    {
        get
        {
            lock (gate)
                return [.. accepted];
        }
    }

    public IReadOnlyList<TMessage> Attempts
    {
        get
        {
            lock (gate)
                return [.. attempts];
        }
    }

    public void AnswerWith(Func<TMessage, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        lock (gate)
            answer = result;
    }

    public void Clear()
    {
        lock (gate)
        {
            attempts.Clear();
            accepted.Clear();
        }
    }

    public Task<TResult> TakeAsync(TMessage message)
    {
        lock (gate)
        {
            attempts.Add(message);
            var result = answer(message);
            if (isAccepted(result))
                accepted.Add(message);
            return Task.FromResult(result);
        }
    }
}
