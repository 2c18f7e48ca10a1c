using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Messages;

public sealed class LinkExpiryTests
{
    [Theory]
    [InlineData("en", "Europe/Paris", "2026-05-05T18:00Z", 20, "8:20\u202FPM (UTC+02:00)")]
    [InlineData("fr", "Europe/Paris", "2026-05-05T18:00Z", 20, "20:20 (UTC+02:00)")]
    [InlineData("de", "Europe/Berlin", "2026-05-05T18:00Z", 20, "20:20 (UTC+02:00)")]
    [InlineData("es", "America/Bogota", "2026-05-05T14:00Z", 20, "9:20 (UTC-05:00)")]
    [InlineData("ar", "Asia/Riyadh", "2026-05-05T18:00Z", 20, "9:20 م (UTC+03:00)")]
    [InlineData("fr", "UTC", "2026-05-05T18:00Z", 20, "18:20 (UTC)")]
    [InlineData("de", "Asia/Kathmandu", "2026-05-05T12:00Z", 20, "18:05 (UTC+05:45)")]
    [InlineData("de", "Pacific/Kiritimati", "2026-05-05T12:00Z", 20, "02:20 (UTC+14:00)")]
    public void Describe_Today_IsTheTimeAlone(string language, string zone, string now, int minutes, string expected) =>
        Describe(language, zone, now, minutes).Should().Be(expected);

    [Theory]
    [InlineData("en", "Tuesday, May 5, 2026, 12:10\u202FAM (UTC+02:00)")]
    [InlineData("fr", "mardi 5 mai 2026, 00:10 (UTC+02:00)")]
    [InlineData("de", "Dienstag, 5. Mai 2026, 00:10 (UTC+02:00)")]
    [InlineData("es", "martes, 5 de mayo de 2026, 0:10 (UTC+02:00)")]
    [InlineData("ar", "الثلاثاء، 5 مايو 2026، 12:10 ص (UTC+02:00)")]
    public void Describe_AfterMidnightInTheCustomersZone_SaysTheDay(string language, string expected) =>
        Describe(language, "Europe/Paris", "2026-05-04T21:50Z", 20).Should().Be(expected);

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29T00:50Z", 20, "03:10 (UTC+02:00)")]
    [InlineData("Europe/Paris", "2026-10-25T00:50Z", 20, "02:10 (UTC+01:00)")]
    [InlineData("Europe/Paris", "2026-10-25T00:50Z", 5, "02:55 (UTC+02:00)")]
    [InlineData("America/New_York", "2026-03-08T06:50Z", 20, "03:10 (UTC-04:00)")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:50Z", 20, "01:40 (UTC+10:30)")]
    [InlineData("Europe/Paris", "2026-03-28T12:00Z", 30 * 24 * 60, "Montag, 27. April 2026, 14:00 (UTC+02:00)")]
    public void Describe_AcrossAChangeOfTheClocks_IsWhatTheClockThenShows(string zone, string now, int minutes, string expected) =>
        Describe("de", zone, now, minutes).Should().Be(expected);

    [Fact]
    public void Describe_AnyLanguage_FitsThePlaceholderAndHasLatinDigits()
    {
        var longest = TemplatePlaceholder.All[PlaceholderIndex.LinkExpiresAt].MaxLength;
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
        {
            var text = Describe(culture.Name, "Europe/Paris", "2026-09-24T12:00Z", 24 * 60);

            text.Length.Should().BeLessThanOrEqualTo(longest, culture.Name);
            text.Where(char.IsDigit).Should().OnlyContain(digit => char.IsAsciiDigit(digit), culture.Name);
        }
    }

    private static string Describe(string language, string zone, string now, int minutes)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var expires = time.GetUtcNow().AddMinutes(minutes);
        return LinkExpiry.Describe(expires, time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone), CultureInfo.GetCultureInfo(language));
    }
}
