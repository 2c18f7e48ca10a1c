using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>One attempt to change a session. The same values are the same attempt in every process.</summary>
/// <param name="Number">Its place among those of its history, which names the key that a join gives.</param>
/// <param name="Trigger">What is tried.</param>
/// <param name="Minutes">When, by the clock of whoever tries, after the session was made.</param>
/// <param name="Instance">Which applet joins.</param>
/// <param name="Technician">Who picks the session up or offers it.</param>
/// <param name="Overdue">Whether it is tried as what happens by itself.</param>
internal sealed record HistoryStep(int Number, SessionTrigger Trigger, int Minutes, int Instance, int Technician, bool Overdue)
{
    /// <summary>When the sessions of all histories are made: so far ahead that no sweep of a node touches them.</summary>
    public static readonly DateTimeOffset Morning = new(2100, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private const int Applets = 2;
    private const int Technicians = 3;

    private static readonly SessionTrigger[] All = Enum.GetValues<SessionTrigger>();

    // What leads further; a session that has ended has little to tell.
    private static readonly SessionTrigger[] Frequent =
    [
        SessionTrigger.Join, SessionTrigger.Ready, SessionTrigger.Start, SessionTrigger.Hold, SessionTrigger.Resume, SessionTrigger.Transfer,
        SessionTrigger.AcceptTransfer, SessionTrigger.LoseConnection, SessionTrigger.Return,
    ];

    public static HistoryStep Draw(Random random, int number)
    {
        var triggers = random.Next(4) == 0 ? All : Frequent;
        return new(
            number, triggers[random.Next(triggers.Length)], random.Next(26), random.Next(Applets), random.Next(Technicians), random.Next(10) == 0);
    }

    public (SessionGuard Guard, SessionChange Change) Build()
    {
        var now = Morning.AddMinutes(Minutes);
        var guard = new SessionGuard { Now = now, Overdue = Overdue };
        var technician = new TechnicianReference($"t{Technician}", $"T {Technician}");
        var change = Changes.Of(Trigger, now) with { By = technician };
        var instance = new KeyedHash((UInt128)Instance);
        return Trigger switch
        {
            SessionTrigger.Join => (guard with { Instance = [instance] }, change with { Join = new(instance, new KeyedHash((UInt128)Number)) }),
            SessionTrigger.Start or SessionTrigger.Resume or SessionTrigger.AcceptTransfer => (guard, change with { Owner = technician }),
            SessionTrigger.Hold => (guard with { Owner = technician.Id }, change),
            SessionTrigger.Transfer => (guard with { Owner = technician.Id }, change with { OfferTo = $"t{(Technician + 1) % Technicians}" }),
            _ => (guard, change),
        };
    }
}
