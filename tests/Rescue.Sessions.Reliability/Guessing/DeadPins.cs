using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Guessing;

/// <summary>PINs of each kind, made at a node.</summary>
internal static class DeadPins
{
    /// <summary>How long the codes of the run are valid: each PIN is used up within it.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(20);

    /// <summary>How many PINs of each kind there are.</summary>
    private const int Each = 100;

    // What expired is recorded within a second; a node that has much to do takes longer.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task<Dictionary<PinKind, string[]>> MakeAsync(NodeProcess node, Random random, CancellationToken cancellationToken)
    {
        var pins = new Dictionary<PinKind, string[]>
        {
            [PinKind.Unknown] = Unknown(random),
            [PinKind.UnknownToo] = Unknown(random),
            [PinKind.Malformed] = [.. Unknown(random).Select(pin => $"{pin[..8]}x")],
        };
        foreach (var kind in (PinKind[])[PinKind.Expired, PinKind.Used, PinKind.Ended, PinKind.Revoked])
        {
            pins[kind] = new string[Each];
            for (var i = 0; i < Each; i++)
                pins[kind][i] = await MakeAsync(node, kind, i, cancellationToken);
        }

        await Task.Delay(Validity + Settling, TimeProvider.System, cancellationToken);
        return pins;
    }

    private static async Task<string> MakeAsync(NodeProcess node, PinKind kind, int number, CancellationToken cancellationToken)
    {
        var session = await node.CreateAsync(number, cancellationToken);
        if (kind is PinKind.Used or PinKind.Ended)
            (await node.PostAsync("applet/join", new { pin = session.Pin, instance = "customer" }, cancellationToken: cancellationToken)).Require();
        var verb = kind switch { PinKind.Ended => "close", PinKind.Revoked => "revoke", _ => null };
        if (verb is not null)
            (await node.PostAsync($"rescue/sessions/{session.Id}/{verb}", new { }, SupportDesk.Technician, cancellationToken: cancellationToken)).Require();
        return session.Pin;
    }

    // Nine digits, of which a run has given out a few hundred.
    private static string[] Unknown(Random random) => [.. Enumerable.Range(0, Each).Select(_ => $"{random.Next(1_000_000_000):000000000}")];
}
