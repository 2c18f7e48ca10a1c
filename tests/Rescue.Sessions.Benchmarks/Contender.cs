using System.Diagnostics;

namespace Rescue.Sessions.Benchmarks;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">What is printed.</param>
/// <param name="Prepare">Gets a number of operations ready, untimed, and answers the work that does them.</param>
internal sealed record Contender(string Name, Func<int, Task<Func<Task>>> Prepare)
{
    /// <summary>What the work takes of: the wall's time, unless it is a processor's.</summary>
    public Func<TimeSpan> Clock { get; init; } = () => Stopwatch.GetElapsedTime(0);

    /// <summary>One whose operation needs no preparation and never waits.</summary>
    public static Contender Of(string name, Action operation) => new(name, count => Task.FromResult<Func<Task>>(() =>
    {
        for (var done = 0; done < count; done++)
            operation();
        return Task.CompletedTask;
    }));

    /// <summary>The work of some who share a number of operations.</summary>
    /// <param name="count">How many operations.</param>
    /// <param name="clients">How many work at once.</param>
    /// <param name="operate">Does one: told the client and the operation's number.</param>
    public static Func<Task> Share(int count, int clients, Func<int, int, ValueTask> operate) => () => Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
    {
        for (var number = client; number < count; number += clients)
            await operate(client, number);
    }));
}
