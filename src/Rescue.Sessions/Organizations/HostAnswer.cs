namespace Rescue.Sessions.Organizations;

/// <summary>An answer of the host's function that is there, or that several await. Thread-safe.</summary>
/// <param name="askedAt">The timestamp of <see cref="TimeProvider.GetTimestamp"/> at which it is asked for.</param>
internal sealed class HostAnswer(long askedAt)
{
    private readonly TaskCompletionSource<FoundOrganization?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long AskedAt { get; } = askedAt;

    public bool HasFailed => answer.Task.IsFaulted;

    /// <exception cref="TimeoutException">There is none yet.</exception>
    public ValueTask<FoundOrganization?> ReadAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) =>
        answer.Task.IsCompletedSuccessfully ? new(answer.Task.Result) : new(answer.Task.WaitAsync(patience, time, cancellationToken));

    /// <summary>Asks, once. It belongs to none of those who wait: neither their patience nor their transaction is its own.</summary>
    public void Ask(Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>> find, OrganizationQuery query) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = AskAsync(find, query), null);

    private async Task AskAsync(Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>> find, OrganizationQuery query)
    {
        try
        {
            answer.SetResult(await find(query, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            answer.SetException(failure);
        }
    }
}
