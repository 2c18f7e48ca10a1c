namespace Rescue.Sessions.Reliability.Guessing;

/// <summary>How long the answers to the PINs of each kind took at one door, and whether they were the same.</summary>
internal sealed class AnswerTimes
{
    /// <summary>How far from a coin's throw a guess may be.</summary>
    private const double Tolerance = 0.02;

    private static readonly PinKind[] Timed = [.. Enum.GetValues<PinKind>().Except([PinKind.Unknown, PinKind.Malformed])];

    private readonly Dictionary<PinKind, List<long>> times = Enum.GetValues<PinKind>().ToDictionary(kind => kind, _ => new List<long>());
    private readonly HashSet<string> answers = [];

    /// <summary>Whether all answers were the same to the byte.</summary>
    public bool AreSame => answers.Count == 1;

    /// <summary>Whether no kind can be told from a PIN that never was by the time.</summary>
    public bool TellNothing => Timed.All(kind => Math.Abs(Distinction(kind) - 0.5) <= Tolerance);

    /// <summary>Whether a PIN that was good once can be told by the time.</summary>
    public bool TellFormerPins => Timed.Except([PinKind.UnknownToo]).Any(kind => Distinction(kind) > 0.5 + Tolerance);

    public void Add(PinKind kind, string answer, long ticks)
    {
        answers.Add(answer);
        times[kind].Add(ticks);
    }

    public override string ToString() =>
        $"{answers.Count} different answers of {times.Values.Sum(of => of.Count)}; AUC {string.Join(", ", Timed.Select(kind => FormattableString.Invariant($"{kind} {Distinction(kind):0.000}")))}";

    /// <summary>With which probability an answer of this kind took longer than one to an unknown PIN (the area under the curve): 0.5 tells nothing.</summary>
    private double Distinction(PinKind kind)
    {
        var (unknown, other) = (Sorted(PinKind.Unknown), Sorted(kind));
        var (longer, below, equal) = (0.0, 0, 0);
        foreach (var time in other)
        {
            while (below < unknown.Length && unknown[below] < time)
                below++;
            for (equal = Math.Max(equal, below); equal < unknown.Length && unknown[equal] == time; equal++)
            {
            }

            longer += below + ((equal - below) / 2.0);
        }

        return longer / ((double)unknown.Length * other.Length);
    }

    private long[] Sorted(PinKind kind) => [.. times[kind].Order()];
}
