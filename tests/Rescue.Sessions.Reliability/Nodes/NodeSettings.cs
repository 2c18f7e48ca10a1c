using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>What a node is told on its command line.</summary>
internal sealed record NodeSettings
{
    /// <summary>A connection string: <c>Data Source=</c> is SQLite, <c>Host=</c> is PostgreSQL, and without one everything is kept in memory.</summary>
    public string Database { get; init; } = "";

    /// <summary>Whether no pooler is said to stand before PostgreSQL, so that statements are prepared. Those who kill and forge leave it, as hosts with a pooler do.</summary>
    public bool DirectConnections { get; init; }

    public Weakness Weakness { get; init; }

    /// <summary>The port of the mail server on loopback; 0 for a node that sends nothing.</summary>
    public int SmtpPort { get; init; }

    public TimeSpan Validity { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a customer may wait; zero for ever.</summary>
    public TimeSpan Waiting { get; init; }

    /// <summary>Whether wrong PINs are counted.</summary>
    public bool HasGuessBudget { get; init; } = true;

    /// <summary>Where a durable subscription's handler tells what it was handed; empty for a node without subscription and webhooks.</summary>
    public string Hook { get; init; } = "";

    /// <summary>Whether failures of the store are expected and not written to the standard error.</summary>
    public bool Quiet { get; init; }

    public string[] ToArguments() =>
    [
        $"--{nameof(Database)}={Database}", $"--{nameof(DirectConnections)}={DirectConnections}", $"--{nameof(Weakness)}={Weakness}", $"--{nameof(SmtpPort)}={SmtpPort}",
        $"--{nameof(Validity)}={Validity}", $"--{nameof(Waiting)}={Waiting}", $"--{nameof(Quiet)}={Quiet}",
        $"--{nameof(HasGuessBudget)}={HasGuessBudget}", $"--{nameof(Hook)}={Hook}",
    ];
}
