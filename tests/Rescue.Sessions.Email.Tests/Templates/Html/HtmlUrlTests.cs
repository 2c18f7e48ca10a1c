namespace Rescue.Sessions.Email.Templates.Html;

public sealed class HtmlUrlTests
{
    [Theory]
    [InlineData("https://example.org/", HtmlUrlPhase.Settled)]
    [InlineData(" HTTP://example.org?q=", HtmlUrlPhase.Settled)]
    [InlineData("https://example.org", HtmlUrlPhase.Begun)]
    [InlineData("https://", HtmlUrlPhase.Begun)]
    [InlineData("mailto:", HtmlUrlPhase.Settled)]
    [InlineData("tel:", HtmlUrlPhase.Settled)]
    [InlineData("/path", HtmlUrlPhase.Begun)]
    [InlineData("path", HtmlUrlPhase.Begun)]
    [InlineData(" \t", HtmlUrlPhase.Empty)]
    [InlineData("javascript:", HtmlUrlPhase.Unsafe)]
    [InlineData("\u0001JavaScript:", HtmlUrlPhase.Unsafe)]
    [InlineData("java\tscript:", HtmlUrlPhase.Unsafe)]
    [InlineData("java&#115;cript:", HtmlUrlPhase.Unsafe)]
    [InlineData("data:image/png", HtmlUrlPhase.Unsafe)]
    public void Judge_BeginningOfALink_IsWhatABrowserWouldMakeOfIt(string written, object phase) =>
        HtmlUrl.Judge(written, HtmlAttributeKind.Href).Should().Be((HtmlUrlPhase)phase);

    [Theory]
    [InlineData("//example.org/x", true)]
    [InlineData(" https:x", true)]
    [InlineData("HTTP:", true)]
    [InlineData("cid:logo", false)]
    [InlineData("/x", false)]
    public void IsRemote_Source_IsFetchedFromElsewhere(string written, bool expected) => HtmlUrl.IsRemote(written).Should().Be(expected);
}
