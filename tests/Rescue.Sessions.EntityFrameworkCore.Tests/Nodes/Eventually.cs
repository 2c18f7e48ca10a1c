namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Waits for what runs by itself, with a bound that only a fault reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var pause = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException("It should hold by now.");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until an action no longer fails with the exception.</summary>
    public static Task SucceedsAsync<TFailure>(Func<Task> action)
        where TFailure : Exception => HoldsAsync(async () =>
    {
        try
        {
            await action();
            return true;
        }
        catch (TFailure)
        {
            return false;
        }
    });
}
