using HelpDesk.Inbox;

namespace HelpDesk.Tests.Inbox;

public sealed class MailHtmlTests
{
    [Theory]
    [InlineData("<p>x</p>", "<base target=\"_blank\"><p>x</p>")]
    [InlineData("<!DOCTYPE html><html><head><title>x</title>", "<!DOCTYPE html><html><head><base target=\"_blank\"><title>x</title>")]
    [InlineData("<HEAD lang='en'>x", "<HEAD lang='en'><base target=\"_blank\">x")]
    [InlineData("<header>x</header>", "<base target=\"_blank\"><header>x</header>")]
    public void WithLinksInNewTabs_AnyHtml_SetsTheTargetFirst(string html, string expected) =>
        MailHtml.WithLinksInNewTabs(html).Should().Be(expected);

    [Fact]
    public void WithImages_ImageOfTheMail_StandsWhereItIsCalled() =>
        MailHtml.WithImages("<img src=\"cid:a@logo\"><img src=\"cid:b@logo\">", new Dictionary<string, string> { ["a@logo"] = "data:image/png;base64,AA==" })
            .Should().Be("<img src=\"data:image/png;base64,AA==\"><img src=\"cid:b@logo\">");
}
