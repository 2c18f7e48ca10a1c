using RescueApplet.Languages;

namespace RescueApplet.Sessions;

/// <summary>Who else has come and gone, in plain words.</summary>
internal static class GuestWording
{
    /// <summary>Two guests may have one name.</summary>
    /// <param name="before">The names of those who took part when it was last told.</param>
    /// <param name="now">The names of those who take part.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> before, IReadOnlyList<string> now) =>
    [
        .. Less(before, now).Select(name => Texts.Format(Texts.GuestLeft, name)),
        .. Less(now, before).Select(name => Texts.Format(Texts.GuestCame, name)),
    ];

    private static List<string> Less(IReadOnlyList<string> names, IReadOnlyList<string> others)
    {
        var left = names.ToList();
        foreach (var other in others)
            left.Remove(other);
        return left;
    }
}
