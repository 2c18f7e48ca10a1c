using System.Text.RegularExpressions;

namespace Rescue.Sessions.Creating;

/// <summary>What may be set for references.</summary>
internal static class ReferenceRules
{
    /// <summary>The expression for the whole of a reference. It looks at each character once, whatever technicians type.</summary>
    public static Regex Compile(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Every setting that cannot be used, as sentences that begin with the property and say the fix.</summary>
    public static IEnumerable<string> Problems(string name, ReferenceOptions references)
    {
        if (references.Example is { } example && new NewSession("customer") { Reference = example }.Problems() is [{ Message: var message }, ..])
            yield return $"{name}.Example cannot be a reference: {message}";
        if (references.Pattern is not { } pattern)
            yield break;
        var (compiled, problem) = TryCompile(pattern);
        if (problem is not null)
            yield return $"{name}.Pattern is no regular expression without lookarounds and back references: {problem}";
        else if (references.Example is not null && !compiled!.IsMatch(references.Example))
            yield return $"{name}.Example does not fit {name}.Pattern. Give one that does, or none.";
    }

    private static (Regex? Compiled, string? Problem) TryCompile(string pattern)
    {
        try
        {
            return (Compile(pattern), null);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return (null, failure.Message);
        }
    }
}
