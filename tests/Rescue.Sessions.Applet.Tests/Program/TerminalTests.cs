using System.Globalization;
using CsCheck;
using RescueApplet;
using RescueApplet.Languages;

namespace Rescue.Sessions.Applet.Tests.Program;

public sealed class TerminalTests
{
    public TerminalTests() => Language.Use(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(40)]
    [InlineData(20)]
    public void Say_EveryTextInANarrowWindow_BreaksBetweenWords(int width)
    {
        foreach (var language in (string[])["en", "fr", "de", "es"])
        {
            Language.Use(CultureInfo.GetCultureInfo(language));
            var said = Lines(width, Texts.Intercepted);

            string.Join(' ', said).Should().Be(Texts.Intercepted);
            said.Should().OnlyContain(line => line.Length < width);
        }
    }

    [Fact]
    public void Say_AnyWords_AreKeptInTheirOrder() =>
        Gen.Select(Gen.Char["ab\u00E9"].Array[1, 30].Select(word => new string(word)).Array[1, 20], Gen.Int[1, 60]).Sample((words, width) =>
            string.Join(' ', Lines(width, string.Join(' ', words))) == string.Join(' ', words));

    [Fact]
    public void Say_WithoutAWindow_WrapsNothing() => Lines(0, Texts.Intercepted).Should().ContainSingle();

    [Fact]
    public void Say_Arabic_RunsFromRightToLeftWithItsValuesWhole()
    {
        Language.Use(CultureInfo.GetCultureInfo("ar"));

        Lines(0, Texts.Format(Texts.Active, "Ada Inc.")).Single().Should().StartWith("\u200F").And.Contain("\u2068Ada Inc.\u2069");
        Language.Use(CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("\u001B[2J\u001B]0;Bank\u0007", "\uFFFD[2J\uFFFD]0;Bank\uFFFD")]
    [InlineData("\u009B2J", "\uFFFD2J")]
    [InlineData("Ada\rEve", "Ada\uFFFDEve")]
    [InlineData("Ada\b\b\bEve\u007F\0", "Ada\uFFFD\uFFFD\uFFFDEve\uFFFD\uFFFD")]
    [InlineData("Ada \u202Emoc.live\u202C", "Ada moc.live")]
    [InlineData("one\r\n\ttwo", "one\n\ttwo")]
    [InlineData("\u2068Ada\u2069 \u200Fb", "\u2068Ada\u2069 \u200Fb")]
    public void Say_WhatSteersAWindow_IsShownAsText(string said, string shown) => string.Join('\n', Lines(0, said)).Should().Be(shown);

    private static string[] Lines(int width, string text)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var input = new StringReader("");
        new Terminal(input, output, width == 0 ? null : () => width).Say(text);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
