namespace Rescue.Sessions.Email.Templates;

public sealed class MessageLogoTests
{
    [Theory]
    [InlineData("<img src=\"cid:logo\">", true)]
    [InlineData("<img src='cid:logo'>", true)]
    [InlineData("<img src=\"cid:logo2\">", false)]
    [InlineData("<p>cid:logo &quot;cid:logo&quot;</p>", false)]
    [InlineData("", false)]
    public void IsIn_Html_SaysWhetherAnImageIsTheLogo(string html, bool isIn) => MessageLogo.IsIn(html).Should().Be(isIn);

    [Fact]
    public void Name_EveryPlace_CallsItByItsOwnName()
    {
        var logo = Pictures.Logo();

        MessageLogo.Name("<img src=\"cid:logo\"><img src='cid:logo'> cid:logo", logo)
            .Should().Be($"<img src=\"cid:{logo.ContentId}\"><img src='cid:{logo.ContentId}'> cid:logo");
    }

    [Fact]
    public void Show_InManyPlaces_GrowsByAFewImagesAlone()
    {
        var logo = Pictures.Logo();
        var html = string.Concat(Enumerable.Repeat($"<img src=\"cid:{logo.ContentId}\">", 1_000));

        var shown = MessageLogo.Show(html, logo);

        shown.Should().StartWith($"<img src=\"{logo.DataUri}\">");
        shown.Length.Should().BeLessThan(html.Length + (4 * logo.DataUri.Length));
    }
}
