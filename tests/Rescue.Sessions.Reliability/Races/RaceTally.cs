using System.Diagnostics;
using System.Globalization;

namespace Rescue.Sessions.Reliability.Races;

/// <summary>What became of many contests.</summary>
internal sealed class RaceTally
{
    private readonly long began = Stopwatch.GetTimestamp();

    private int contests;
    private int withOneWinner;
    private int withoutWinner;
    private int disputed;
    private int serverErrors;
    private int otherAnswers;

    /// <summary>Contests that several racers have won.</summary>
    public int WithSeveralWinners { get; private set; }

    /// <summary>Whether every contest had exactly one winner whom everybody named, and every other racer was refused in order.</summary>
    public bool IsClean => withOneWinner == contests && disputed == 0 && serverErrors == 0 && otherAnswers == 0;

    /// <param name="finishes">What all racers were told.</param>
    /// <param name="isConfirmed">Whether the winner still has it afterwards.</param>
    public void Add(IReadOnlyList<Finish> finishes, bool isConfirmed)
    {
        contests++;
        var winners = finishes.Count(finish => finish.HasWon);
        if (winners == 1)
            withOneWinner++;
        else if (winners == 0)
            withoutWinner++;
        else
            WithSeveralWinners++;
        if (!isConfirmed || finishes.Where(finish => finish.HasWon || finish.HasLost).Select(finish => finish.Winner).Distinct().Count() > 1)
            disputed++;
        serverErrors += finishes.Count(finish => finish.Answer.IsServerError);
        otherAnswers += finishes.Count(finish => !finish.HasWon && !finish.HasLost && !finish.Answer.IsServerError);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{withOneWinner:N0}/{contests:N0} with exactly one winner; {WithSeveralWinners:N0} with several, {withoutWinner:N0} without, {disputed:N0} disputed; "
        + $"{serverErrors:N0} HTTP 5xx, {otherAnswers:N0} other answers; {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
}
