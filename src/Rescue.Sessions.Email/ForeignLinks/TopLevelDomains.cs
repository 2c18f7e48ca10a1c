using System.Collections.Frozen;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email.ForeignLinks;

/// <summary>
/// The last labels that host names have: those of the root zone and the reserved ones. New ones are rare, and a text that ends in one of them is
/// told apart by nobody but mail programs.
/// </summary>
internal static class TopLevelDomains
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    public static bool Has(string label) =>
        All.Value.Contains(label.ToLowerInvariant()) || (!System.Text.Ascii.IsValid(label) && DomainName.Parse($"a.{label}") is { } name && All.Value.Contains(name.Ascii[2..]));

    private static FrozenSet<string> Read()
    {
        using var resource = typeof(TopLevelDomains).Assembly.GetManifestResourceStream($"{typeof(TopLevelDomains).FullName}.txt")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
