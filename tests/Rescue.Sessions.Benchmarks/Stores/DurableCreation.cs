namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>P5: making a session with its history and a mail of 9 KB, so that a killed machine has it.</summary>
sealed class DurableCreation : DurableWrites
{
    public override string Name => "p5";

    public override string Promise => "create a durable session with history and 9 KB of mail / the same rows by hand: at least 0.7 of its throughput";

    protected override Contender Ours(DurableDesk desk, int clients) =>
        new("create", count => Task.FromResult(Share(count, clients, (_, _) => desk.InviteAsync())));

    protected override Contender ByHand(DurableDesk desk, IReadOnlyList<RawRows> clients) =>
        new("by hand", count => Task.FromResult(Share(count, clients.Count, (client, _) => clients[client].CreateAsync())));
}
