using System.Globalization;

namespace Rescue.Sessions.Email.Messages;

/// <summary>Says when a link ends, as the customer reads time: in their language and time zone, with the day when that is not today.</summary>
internal static class LinkExpiry
{
    /// <summary>The moment in words, such as <c>20:15 (UTC+02:00)</c> or <c>mardi 5 mai 2026, 20:15 (UTC+02:00)</c>. Digits are those of the PIN.</summary>
    /// <param name="expiresAt">When the link ends.</param>
    /// <param name="now">When the message is written; its day is the one that needs no name.</param>
    /// <param name="zone">The customer's time zone.</param>
    /// <param name="culture">The message's language.</param>
    public static string Describe(DateTimeOffset expiresAt, DateTimeOffset now, TimeZoneInfo zone, CultureInfo culture)
    {
        var expires = TimeZoneInfo.ConvertTime(expiresAt, zone);
        var time = expires.ToString("t", culture);
        if (expires.Date != TimeZoneInfo.ConvertTime(now, zone).Date)
            time = expires.ToString("D", culture) + (culture.TextInfo.IsRightToLeft ? "، " : ", ") + time;
        return $"{time} ({Offset(expires, zone)})";
    }

    // What the customer's clock shows is clear to them; the offset is for whoever reads the message under another clock.
    private static string Offset(DateTimeOffset expires, TimeZoneInfo zone) =>
        zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime ? "UTC" : expires.ToString("'UTC'zzz", CultureInfo.InvariantCulture);
}
