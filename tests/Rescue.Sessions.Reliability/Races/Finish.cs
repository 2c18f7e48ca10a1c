using System.Net;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Races;

/// <summary>How one racer came in.</summary>
/// <param name="Answer">What the node answered.</param>
/// <param name="Winner">Who has won, as this racer was told; null where racers are not told.</param>
internal readonly record struct Finish(NodeAnswer Answer, string? Winner)
{
    public bool HasWon => Answer.IsSuccess;

    public bool HasLost => Answer.Status == HttpStatusCode.Conflict;
}
