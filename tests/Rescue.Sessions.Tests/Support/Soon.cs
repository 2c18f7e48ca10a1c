using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Tests.Support;

/// <summary>Waits for what a background service does, with a bound of real time and without sleeping.</summary>
internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A service pauses by the machine's clock too, for milliseconds; thousands of steps meanwhile would end every lease that it holds.
    private static readonly TimeSpan StepTakes = TimeSpan.FromMicroseconds(100);

    // Where a test says within what time something happens, or whose lease holds, a thread that the machine has taken off for a while must be a fraction of it.
    private static readonly TimeSpan CarefulStepTakes = TimeSpan.FromMilliseconds(1);

    /// <summary>Lets the clock step on until a condition holds.</summary>
    public static Task PassUntilAsync(FakeTimeProvider time, TimeSpan step, Func<Task<bool>> holds) => PassUntilAsync(time, step, StepTakes, holds);

    /// <summary>Lets the clock step on until a condition holds, slowly enough that time which passes says something.</summary>
    public static Task PassCarefullyUntilAsync(FakeTimeProvider time, TimeSpan step, Func<Task<bool>> holds) => PassUntilAsync(time, step, CarefulStepTakes, holds);

    private static async Task PassUntilAsync(FakeTimeProvider time, TimeSpan step, TimeSpan stepTakes, Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var stepped = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException("The condition should hold by now.");
            if (TimeProvider.System.GetElapsedTime(stepped) >= stepTakes)
            {
                stepped = TimeProvider.System.GetTimestamp();
                time.Advance(step);
            }

            // Behind what is queued already: the clock must not run away from a service that is about to work, whose leases would end.
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        }
    }
}
