using System.Globalization;

namespace Rescue.Sessions.Reliability;

/// <summary>What a run was asked for: the same seed and the same numbers give the same attacks.</summary>
/// <param name="Seed">Where the random numbers begin.</param>
/// <param name="First">The number of the first attack, to repeat one that was reported.</param>
/// <param name="Count">How many attacks.</param>
internal sealed record RunArguments(int Seed, int First, int Count)
{
    private const int DefaultSeed = 20261123;

    /// <summary>The random numbers of one attack, whatever was attacked before it.</summary>
    public Random RandomOf(int number) => new(unchecked((Seed * 486187739) + number));

    /// <summary>Reads <c>--seed</c>, <c>--first</c> and <c>--count</c>.</summary>
    /// <exception cref="FormatException">An argument is unknown or has no whole number after it.</exception>
    public static RunArguments Parse(ReadOnlySpan<string> words, int fullCount)
    {
        var arguments = new RunArguments(DefaultSeed, 0, fullCount);
        for (; !words.IsEmpty; words = words[2..])
        {
            if (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"{words[0]} takes a whole number, as in \"{words[0]} 1000\".");
            arguments = words[0] switch
            {
                "--seed" => arguments with { Seed = number },
                "--first" => arguments with { First = number },
                "--count" => arguments with { Count = number },
                _ => throw new FormatException($"{words[0]} is unknown; there are --seed, --first and --count."),
            };
        }

        return arguments;
    }
}
