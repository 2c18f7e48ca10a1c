namespace Rescue.Sessions.Email;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("de-CH-1996", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("en_US", false)]
    [InlineData("EN-us", true)]
    [InlineData("x", false)]
    [InlineData("-en", false)]
    [InlineData("e\u00f1", false)]
    [InlineData("en-GB-oed-abcdefgh-abcdefgh-abcdefgh", false)]
    [InlineData("en-", false)]
    [InlineData("en--US", false)]
    [InlineData("4en", false)]
    [InlineData("englishlanguage", false)]
    [InlineData("en\" onload=\"x", false)]
    public void IsWellFormed_Tag_FollowsTheStandard(string tag, bool expected) => LanguageTag.IsWellFormed(tag).Should().Be(expected);

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("he-IL", "rtl")]
    [InlineData("fa", "rtl")]
    [InlineData("az-Arab", "rtl")]
    [InlineData("ur-Latn", "ltr")]
    [InlineData("pa-Arab-PK", "rtl")]
    public void Direction_Tag_IsThatOfItsScript(string tag, string expected) => LanguageTag.Direction(tag).Should().Be(expected);

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("fr", "fr")]
    [InlineData("zh-Hant-TW", "zh")]
    public void CultureOf_Tag_IsItsOwnOrAParents(string tag, string language) =>
        LanguageTag.CultureOf(tag).TwoLetterISOLanguageName.Should().Be(language);
}
