using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Lets fake time pass while real sockets work. When a deadline is set cannot be seen from outside, so time goes on in steps, each
/// after a moment for the sockets, until what is awaited has happened.
/// </summary>
internal static class FakeTime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static async Task PassUntilAsync(this FakeTimeProvider time, TimeSpan step, Func<bool> hasHappened)
    {
        while (!hasHappened())
        {
            time.Advance(step);
#pragma warning disable RS0030 // Sockets are real: no fake clock gives them their moment.
            await Task.Delay(Moment, TestContext.Current.CancellationToken);
#pragma warning restore RS0030
        }
    }
}
