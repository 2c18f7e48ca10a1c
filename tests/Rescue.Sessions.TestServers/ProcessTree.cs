using System.Globalization;

namespace Rescue.Sessions.TestServers;

/// <summary>What Linux tells of processes, any of which may end while one looks.</summary>
internal static class ProcessTree
{
    private const int State = 0;

    /// <summary>The processes that one has started and that have not ended.</summary>
    public static IReadOnlyList<int> ChildrenOf(int process) =>
    [
        .. (ReadOrNothing(() => Directory.GetDirectories($"/proc/{process}/task")) ?? [])
            .SelectMany(task => (ReadOrNothing(() => File.ReadAllText(Path.Combine(task, "children"))) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
    ];

    /// <summary>What proc(5) tells of a process, from its state on; null for one that has ended.</summary>
    public static string[]? StatOf(int process) => ReadOrNothing(() =>
    {
        // The name stands in brackets and may hold anything.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    });

    /// <summary>How many bytes of memory a process has.</summary>
    public static long ResidentOf(int process)
    {
        var resident = ReadOrNothing(() => File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)));
        return resident is null ? 0 : long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Whether a process still holds files and memory, as one that has ended does not, whether or not anybody has asked how.</summary>
    public static bool IsAlive(int process) => StatOf(process) is { } stat && stat[State] is not ("Z" or "X");

    private static T? ReadOrNothing<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
