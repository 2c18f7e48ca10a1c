using CsCheck;

namespace Rescue.Sessions.Email.Languages;

public sealed class LanguageChainTests
{
    [Theory]
    [InlineData("fr-CA", "fr-CA fr")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW zh-Hant zh")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW zh-Hant zh")]
    [InlineData("en-x-ab", "en-x-ab en")]
    [InlineData("zh-yue", "zh")]
    public void Of_Tag_IsItAndItsParents(string tag, string chain) => LanguageChain.Of(tag).Should().Equal(chain.Split(' '));

    [Fact]
    public void Of_SeveralTags_NamesEachOnceInTheirOrder() =>
        LanguageChain.Of("fr-CA", null, "fr", "de-CH", "en").Should().Equal("fr-CA", "fr", "de-CH", "de", "en");

    [Fact]
    public void Of_AnyStoredText_IsTags() => Gen.String[Gen.Char["aenx-0u1T"], 0, 12].Sample(stored =>
        LanguageChain.Of(stored).Should().NotBeEmpty().And.OnlyContain(tag => LanguageTag.IsWellFormed(tag), stored));
}
