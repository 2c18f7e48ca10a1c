using CsCheck;
using HelpDesk.Inbox;

namespace HelpDesk.Tests.Inbox;

public sealed class TextLinksTests
{
    [Theory]
    [InlineData("see http://127.0.0.1:5080/Customer/Code.aspx?i=2&Code=012345&k=a-b_c.", "http://127.0.0.1:5080/Customer/Code.aspx?i=2&Code=012345&k=a-b_c")]
    [InlineData("<https://a.example/x>", "https://a.example/x")]
    [InlineData("(HTTPS://a.example)", "HTTPS://a.example")]
    public void Split_AddressInASentence_IsFoundWhole(string text, string expected) =>
        TextLinks.Split(text).Where(part => part.IsLink).Select(part => part.Piece).Should().Equal(expected);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("mailto:a@b.example")]
    [InlineData("nothing here")]
    public void Split_OtherText_HasNoLink(string text) =>
        TextLinks.Split(text).Should().NotContain(part => part.IsLink);

    [Fact]
    public void Split_AnyText_LosesNothing() =>
        Gen.String[Gen.Char["htps:/. )<a"], 0, 60].Sample(text => string.Concat(TextLinks.Split(text).Select(part => part.Piece)) == text);
}
