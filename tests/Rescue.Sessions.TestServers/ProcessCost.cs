using System.Globalization;

namespace Rescue.Sessions.TestServers;

/// <summary>What processes have cost so far, as Linux counts it.</summary>
/// <param name="Cpu">Time on a processor, of user and system.</param>
/// <param name="Memory">Resident bytes.</param>
public readonly record struct ProcessCost(TimeSpan Cpu, long Memory)
{
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int EndedUserTime = 13;
    private const int EndedSystemTime = 14;

    // USER_HZ, in which proc(5) counts, is 100 on every Linux that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>One process; nothing for one that has ended.</summary>
    public static ProcessCost Of(int process)
    {
        if (ProcessTree.StatOf(process) is not { } stat)
            return default;
        return new(Time(stat, UserTime, SystemTime), ProcessTree.ResidentOf(process));
    }

    /// <summary>A process and its children, with what children that have ended had cost.</summary>
    public static ProcessCost OfTree(int process)
    {
        if (ProcessTree.StatOf(process) is not { } stat)
            return default;
        var total = new ProcessCost(Time(stat, UserTime, SystemTime, EndedUserTime, EndedSystemTime), ProcessTree.ResidentOf(process));
        foreach (var child in ProcessTree.ChildrenOf(process))
        {
            var cost = OfTree(child);
            total = new(total.Cpu + cost.Cpu, total.Memory + cost.Memory);
        }

        return total;
    }

    private static TimeSpan Time(string[] stat, params ReadOnlySpan<int> fields)
    {
        var ticks = 0L;
        foreach (var field in fields)
            ticks += long.Parse(stat[field], CultureInfo.InvariantCulture);
        return ticks * Tick;
    }
}
