using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Tests.Transport;

public sealed class ServerTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("Zo\u00EB \U0001F469\u200D\U0001F692 \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "Zo\u00EB \U0001F469\u200D\U0001F692 \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("Ada\u001B[31m\u009B2J\u0007", "Ada\uFFFD[31m\uFFFD2J\uFFFD")]
    [InlineData("Ada\r\nThe technician\u2028has\u0085gone\t.", "Ada  The technician has gone .")]
    [InlineData("\u2069Ada \u202Emoc.live\u202C\u2066", "Ada moc.live")]
    public void Line_OfAServer_IsOneLineOfText(string? said, string? line) => ServerText.Line(said).Should().Be(line);

    [Theory]
    [InlineData(null, null)]
    [InlineData("One.\r\n\tTwo.\rThree.\u2068A\u2069", "One.\n\tTwo.\nThree.\u2068A\u2069")]
    [InlineData("One.\u001B[1A\u009BK\u202Eowt\0", "One.\uFFFD[1A\uFFFDKowt\uFFFD")]
    public void Paragraphs_OfAServer_AreLinesOfText(string? said, string? text) => ServerText.Paragraphs(said).Should().Be(text);
}
