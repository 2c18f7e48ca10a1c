using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>What each part of a run has cost so far.</summary>
internal readonly record struct LoadParts(ProcessCost Nodes, ProcessCost Database, ProcessCost Clients)
{
    public static LoadParts Read(Cluster cluster, PostgreSqlNodes database)
    {
        var nodes = Enumerable.Range(0, Cluster.Size).Select(number => ProcessCost.Of(cluster[number].Id)).ToArray();
        return new(
            new(TimeSpan.FromTicks(nodes.Sum(node => node.Cpu.Ticks)), nodes.Sum(node => node.Memory)),
            ProcessCost.OfTree(database.ProcessId),
            ProcessCost.Of(Environment.ProcessId));
    }

    public string Since(LoadParts earlier, TimeSpan during) =>
        $"cores: nodes {Cores(Nodes, earlier.Nodes, during):0.00}, PostgreSQL {Cores(Database, earlier.Database, during):0.00}, " +
        $"clients and mail server {Cores(Clients, earlier.Clients, during):0.00}; memory: nodes {Nodes.Memory / 1_000_000.0:0} MB, clients {Clients.Memory / 1_000_000.0:0} MB";

    private static double Cores(ProcessCost now, ProcessCost earlier, TimeSpan during) => (now.Cpu - earlier.Cpu) / during;
}
