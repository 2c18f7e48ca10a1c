namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>What technicians and applets ask of nodes, in the words of the HTTP surface. Each request goes to the node that is given.</summary>
internal static class SupportDesk
{
    public const string Technician = "ada";

    /// <summary>Makes a session by PIN and link.</summary>
    public static async Task<MadeSession> CreateAsync(this NodeProcess node, int number, CancellationToken cancellationToken) =>
        MadeSession.Of((await node.PostAsync("rescue/sessions", new { customerName = $"Customer {number}" }, Technician, cancellationToken: cancellationToken)).Require());

    /// <summary>Makes a session and has its link sent on the technician's behalf.</summary>
    public static Task<NodeAnswer> InviteAsync(this NodeProcess node, int number, CancellationToken cancellationToken) => node.PostAsync(
        "rescue/sessions",
        new { customerName = $"Customer {number}", email = new { delivery = "onMyBehalf", to = AddressOf(number) } },
        Technician,
        idempotencyKey: $"invitation-{number}",
        cancellationToken: cancellationToken);

    /// <summary>The address of the customer with this number.</summary>
    public static string AddressOf(int number) => $"customer-{number}@example.org";

    public static Task<NodeAnswer> JoinAsync(this NodeProcess node, MadeSession session, string instance, CancellationToken cancellationToken) =>
        node.PostAsync("applet/join", new { token = session.Token, instance }, cancellationToken: cancellationToken);

    public static Task<NodeAnswer> ReadyAsync(this NodeProcess node, MadeSession session, string appletKey, CancellationToken cancellationToken) =>
        node.PostAsync($"applet/{session.Id}/ready", new { hostName = "machine", platform = "linux" }, appletKey: appletKey, cancellationToken: cancellationToken);

    public static Task<NodeAnswer> StartAsync(this NodeProcess node, MadeSession session, string technician, CancellationToken cancellationToken) =>
        node.PostAsync($"rescue/sessions/{session.Id}/start", new { }, technician, cancellationToken: cancellationToken);
}
