using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Puts calls that come at the same time into one. The first goes at once; those that come while it is under way go together as soon as it is back, so that a
/// group is as large as the load makes it. A pace makes groups larger where the store is faster than what comes. Thread-safe.
/// </summary>
/// <param name="act">Does what is asked, one answer for each request in their order.</param>
/// <param name="most">The most requests of one group.</param>
/// <param name="pace">How long the next group waits for more of what comes often.</param>
internal sealed class GroupedCalls<TRequest, TAnswer>(Func<ImmutableArray<TRequest>, ValueTask<ImmutableArray<TAnswer>>> act, int most, Pace pace)
{
    private readonly Lock gate = new();
    private readonly Queue<(TRequest Request, TaskCompletionSource<TAnswer> Answer)> asked = [];
    private bool busy;

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="Exception">What <c>act</c> failed with for this request alone.</exception>
    public Task<TAnswer> AskAsync(TRequest request)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            asked.Enqueue((request, answer));
            if (busy)
                return answer.Task;
            busy = true;
        }

        // A group is nobody's own: it takes part in no transaction and no trace of the first who asks.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _ = Task.Run(WorkAsync);
        return answer.Task;
    }

    // Never throws: every failure goes to whom it concerns.
    private async Task WorkAsync()
    {
        while (Take() is { Length: > 0 } group)
        {
            try
            {
                await AnswerAsync(group).ConfigureAwait(false);
            }
            catch (Exception) when (group.Length > 1)
            {
                await AnswerOneByOneAsync(group).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                group[0].Answer.SetException(failure);
            }

            await pace.KeepAsync(group.Length).ConfigureAwait(false);
        }
    }

    // One that cannot be done must not stop the others, whatever is wrong with it. A store that fails twice in a row is away, and whoever asks tries again.
    private async Task AnswerOneByOneAsync((TRequest Request, TaskCompletionSource<TAnswer> Answer)[] group)
    {
        var failures = 0;
        foreach (var asking in group)
        {
            try
            {
                await AnswerAsync([asking]).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception failure)
            {
                asking.Answer.SetException(failure);
                if (failure is not SessionStoreException || ++failures < 2)
                    continue;
                foreach (var (_, answer) in group)
                    answer.TrySetException(failure);
                return;
            }
        }
    }

    private async Task AnswerAsync((TRequest Request, TaskCompletionSource<TAnswer> Answer)[] group)
    {
        var answers = await act([.. group.Select(asking => asking.Request)]).ConfigureAwait(false);
        for (var i = 0; i < group.Length; i++)
            group[i].Answer.SetResult(answers[i]);
    }

    private (TRequest Request, TaskCompletionSource<TAnswer> Answer)[] Take()
    {
        lock (gate)
        {
            var group = new (TRequest, TaskCompletionSource<TAnswer>)[Math.Min(asked.Count, most)];
            for (var i = 0; i < group.Length; i++)
                group[i] = asked.Dequeue();
            busy = group.Length > 0;
            return group;
        }
    }
}
