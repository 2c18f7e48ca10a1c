namespace Rescue.Sessions.Tests;

public class PersonNameTests
{
    private const string Family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\uFEFF \u00A0")]
    [InlineData("\u200D\u200E")]
    [InlineData("\u00AD")]
    [InlineData("\uFE0F")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\u2060\u180E\u034F")]
    public void Problem_NothingToBeSeen_IsOne(string name) => PersonName.Problem(name).Should().NotBeNull();

    [Theory]
    [InlineData("\uD83D\uDE00")]
    [InlineData("e\u0301")]
    [InlineData(Family)]
    [InlineData("नि")]
    [InlineData("\uD83C\uDDEB\uD83C\uDDF7")]
    public void Problem_128CharactersAsPeopleCountThem_AreAllowedAnd129AreNot(string character)
    {
        PersonName.Problem(string.Concat(Enumerable.Repeat(character, 128))).Should().BeNull();
        PersonName.Problem(string.Concat(Enumerable.Repeat(character, 129))).Should().Contain("128");
    }

    [Fact]
    public void Problem_OneCharacterOfCountlessMarks_IsOne() =>
        PersonName.Problem("Z" + new string('\u0301', 5000)).Should().Contain("128");

    [Theory]
    [InlineData("نامه\u200Cای")]
    [InlineData("\u200FAna")]
    public void Problem_JoinersAndDirectionMarks_AreNone(string name) => PersonName.Problem(name).Should().BeNull();

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2066b")]
    [InlineData("a\tb")]
    [InlineData("a\uFFFEb")]
    [InlineData("a\uFFFFb")]
    [InlineData("a\uFDD0b")]
    public void Problem_CharactersThatMislead_AreRefused(string name) => PersonName.Problem(name).Should().NotBeNull();

    [Fact]
    public void Require_NameInParts_IsComposed() => new Technician("ada", " Jose\u0301 ").Name.Should().Be("José");
}
