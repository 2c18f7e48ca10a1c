using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Testing;

/// <summary>
/// The clock of a test. It stands still until it is moved, and whatever the service does by it (sending, time-outs, alarms, erasing) is done when a call
/// returns: nothing is waited for and nothing is polled.
/// </summary>
/// <remarks>Moved by one caller at a time.</remarks>
public sealed class TestClock
{
    private const int MostSteps = 256;

    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider time;
    private readonly DueWork work;
    private readonly List<ScriptedCustomer> customers = [];

    internal TestClock(FakeTimeProvider time, DueWork work)
    {
        this.time = time;
        this.work = work;
    }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Does what is due now: sends what the outbox holds, and runs every sweep once.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SettleAsync(CancellationToken cancellationToken = default) => work.RunAsync(cancellationToken);

    /// <summary>
    /// Moves the clock in steps, second by second or, when that would be more than 256, in as many; customers that are online beat at each step, and what
    /// is due is done.
    /// </summary>
    /// <param name="by">How far, from zero.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var step = TimeSpan.FromTicks(Math.Max(ShortestStep.Ticks, (by.Ticks + MostSteps - 1) / MostSteps));
        await SettleAsync(cancellationToken).ConfigureAwait(false);
        for (var left = by; left > TimeSpan.Zero; left -= step)
        {
            time.Advance(left < step ? left : step);
            foreach (var customer in customers)
                await customer.BeatAsync(cancellationToken).ConfigureAwait(false);
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal void Drive(ScriptedCustomer customer) => customers.Add(customer);
}
