using System.Buffers;

namespace Rescue.Sessions.Text;

/// <summary>Time zones by their names in the IANA database, such as <c>Europe/Paris</c>. Thread-safe.</summary>
internal static class TimeZoneId
{
    /// <summary>Longer than any name there is.</summary>
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <summary>Whether the name is one that this machine has rules for.</summary>
    /// <remarks>
    /// On Unix the runtime takes a name for a path below the zone files, and would open whatever file a request names; so only what can be
    /// a name is looked up (theory.html of the database, "Timezone identifiers").
    /// </remarks>
    public static bool IsKnown(string? id) =>
        id is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetter(id[0])
        && !id.AsSpan().ContainsAnyExcept(Allowed)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}
