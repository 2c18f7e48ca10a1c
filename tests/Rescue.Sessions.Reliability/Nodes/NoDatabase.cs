using System.Data.Common;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A node that keeps everything in its memory.</summary>
internal sealed class NoDatabase : NodeDatabase
{
    public override string Name => "in memory";

    public override string ConnectionString => "";

    public override void Dispose()
    {
    }

    protected override DbConnection Connect() => throw new NotSupportedException("There is no database.");
}
