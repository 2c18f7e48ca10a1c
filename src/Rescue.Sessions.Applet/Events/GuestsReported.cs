namespace Rescue.Sessions.Applet.Events;

/// <summary>
/// Somebody whom the technician has invited has come, or has gone, while the status stays as it is. The customer should be told who else takes part.
/// </summary>
public sealed class GuestsReported : SessionEvent
{
    internal GuestsReported(IReadOnlyList<string> guests) => Guests = guests;

    /// <summary>The names of all who take part beside the technician now; empty for nobody.</summary>
    public IReadOnlyList<string> Guests { get; }
}
