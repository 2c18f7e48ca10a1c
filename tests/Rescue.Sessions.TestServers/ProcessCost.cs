using System.Globalization;

namespace Rescue.Sessions.TestServers;

/// <summary>What processes have cost so far, as Linux counts it.</summary>
/// <param name="Cpu">Time on a processor, of user and system.</param>
/// <param name="Memory">Resident bytes.</param>
public readonly record struct ProcessCost(TimeSpan Cpu, long Memory)
{
    private const int UserTime = 11;
    private const int SystemTime = 12;

    // USER_HZ, in which proc(5) counts, is 100 on every Linux that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>One process; nothing for one that has ended.</summary>
    public static ProcessCost Of(int process)
    {
        try
        {
            // The name stands in brackets and may hold anything.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
            var resident = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return new(ticks * Tick, resident is null ? 0 : long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>A process and its children, with what children that have ended had cost.</summary>
    public static ProcessCost OfTree(int process)
    {
        var total = Of(process) with { Cpu = Of(process).Cpu + EndedChildren(process) };
        foreach (var task in Directory.Exists($"/proc/{process}/task") ? Directory.GetDirectories($"/proc/{process}/task") : [])
        {
            foreach (var child in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var cost = OfTree(int.Parse(child, CultureInfo.InvariantCulture));
                total = new(total.Cpu + cost.Cpu, total.Memory + cost.Memory);
            }
        }

        return total;
    }

    private static TimeSpan EndedChildren(int process)
    {
        var stat = File.Exists($"/proc/{process}/stat") ? File.ReadAllText($"/proc/{process}/stat") : "";
        if (stat.Length == 0)
            return TimeSpan.Zero;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[UserTime + 2], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime + 2], CultureInfo.InvariantCulture)) * Tick;
    }
}
