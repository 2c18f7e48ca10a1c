using CsCheck;

namespace Rescue.Sessions.Tests;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("fr-CA", "fr-CA fr")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW zh-Hant zh")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW zh-Hant zh")]
    [InlineData("en-x-ab", "en-x-ab en")]
    [InlineData("zh-yue", "zh")]
    [InlineData("en-x-u-e", "en-x-u-e en")]
    [InlineData("en-t-a0-abc", "en-t-a0-abc en")]
    public void Chain_Tag_IsItAndItsParents(string tag, string chain) => LanguageTag.Chain(tag).Should().Equal(chain.Split(' '));

    [Fact]
    public void Chain_SeveralTags_NamesEachOnceInTheirOrder() =>
        LanguageTag.Chain("fr-CA", null, "fr", "de-CH", "en").Should().Equal("fr-CA", "fr", "de-CH", "de", "en");

    [Fact]
    public void Chain_AnyStoredText_IsTags() => Gen.String[Gen.Char["aenx-0u1T"], 0, 12].Sample(stored =>
        LanguageTag.Chain(stored).Should().NotBeEmpty().And.OnlyContain(tag => LanguageTag.IsWellFormed(tag), stored));

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
    [InlineData("en-x", false)]
    [InlineData("x-private", false)]
    [InlineData("i-klingon", false)]
    [InlineData("zh-yue", false)]
    [InlineData("engl", false)]
    [InlineData("french", false)]
    [InlineData("English-US", false)]
    [InlineData("en-t-french", false)]
    [InlineData("en-u", false)]
    [InlineData("en-a", false)]
    [InlineData("en-a-bbb-a-ccc", false)]
    [InlineData("de-1996-1996", false)]
    [InlineData("de-1996-DE", false)]
    [InlineData("en-US-Latn", false)]
    [InlineData("en-12", false)]
    [InlineData("en-GB\n", false)]
    [InlineData("\u212Aa", false)]
    [InlineData("sl-rozaj-biske", true)]
    [InlineData("de-x-1996-x-1996", true)]
    [InlineData("hy-Latn-IT-arevela-x-a", true)]
    [InlineData("ar-u-nu-latn", true)]
    [InlineData("en-t-fr-t0-und", true)]
    public void IsWellFormed_Tag_FollowsTheStandard(string tag, bool expected) => LanguageTag.IsWellFormed(tag).Should().Be(expected);

    [Theory]
    [InlineData("fr-CA", "fr-CA")]
    [InlineData("fr-x", "fr")]
    [InlineData("zh-Hant-x", "zh-Hant")]
    [InlineData("zh-yue", "zh")]
    [InlineData("x", "en")]
    [InlineData("french", "en")]
    [InlineData("-", "en")]
    [InlineData("", "en")]
    [InlineData("\u0000", "en")]
    public void Nearest_StoredText_IsATag(string stored, string expected) => LanguageTag.Nearest(stored).Should().Be(expected);

    [Fact]
    public void Nearest_AnyText_IsATag() => Gen.String[Gen.Char["aenx-0u1T"], 0, 12].Sample(stored =>
        LanguageTag.IsWellFormed(LanguageTag.Nearest(stored)).Should().BeTrue(stored));

    [Theory]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("EN-X-AB-CDEF", "en-x-ab-cdef")]
    [InlineData("de-ch-1996", "de-CH-1996")]
    public void Normalize_Tag_IsInItsUsualWriting(string tag, string expected) => LanguageTag.Normalize(tag).Should().Be(expected);

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
