using System.Text;
using CsCheck;

namespace Rescue.Sessions.Email.Addresses;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co.uk")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.com")]
    [InlineData("\"a b,c;d@e\"@example.com")]
    [InlineData("\"a\\\"b\\\\\"@example.com")]
    [InlineData("x@localhost")]
    [InlineData("josé@example.com")]
    [InlineData("用户@example.com")]
    public void Parse_OneMailbox_KeepsIt(string text)
    {
        var address = EmailAddress.Parse(text);

        address.Address.Should().Be(text);
        address.ToString().Should().Be(text);
        address.DisplayName.Should().BeNull();
    }

    [Theory]
    [InlineData(null, EmailAddressProblem.Empty)]
    [InlineData("", EmailAddressProblem.Empty)]
    [InlineData("   ", EmailAddressProblem.Empty)]
    [InlineData("a@example.com,b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("a@example.com; b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("a,b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("team:a@example.com;", EmailAddressProblem.SeveralAddresses)]
    [InlineData("a@example.com\r\nBcc: b@example.com", EmailAddressProblem.ControlCharacter)]
    [InlineData("a@example.com\n", EmailAddressProblem.ControlCharacter)]
    [InlineData("a\0@example.com", EmailAddressProblem.ControlCharacter)]
    [InlineData("a\u0085@example.com", EmailAddressProblem.ControlCharacter)]
    [InlineData("a\u2028@example.com", EmailAddressProblem.ControlCharacter)]
    [InlineData("a\u202E@example.com", EmailAddressProblem.ControlCharacter)]
    [InlineData("a", EmailAddressProblem.MissingAt)]
    [InlineData("\"a@example.com", EmailAddressProblem.MissingAt)]
    [InlineData("a＠example.com", EmailAddressProblem.MissingAt)]
    [InlineData("@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData(".a@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a.@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a..b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a@b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a\u00A0b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a\u200B@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a@example.com b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("Ana <a@example.com>, Bo <b@example.com>", EmailAddressProblem.SeveralAddresses)]
    [InlineData("a@example.com, Bo <b@example.com>", EmailAddressProblem.SeveralAddresses)]
    [InlineData("a@example.com；b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("mailto:a@example.com,b@example.com", EmailAddressProblem.SeveralAddresses)]
    [InlineData("mailto:a@example.com%2Cb@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("mailto:a%0D%0ABcc:b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("mailto:", EmailAddressProblem.Empty)]
    [InlineData("Ana <>", EmailAddressProblem.Empty)]
    [InlineData("Ana <a@example.com> Bo", EmailAddressProblem.LocalPart)]
    [InlineData("Ana <a@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("\u200B", EmailAddressProblem.Empty)]
    [InlineData("a(note)@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("\"\"@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("\"a\"b@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("\"é\"@example.com", EmailAddressProblem.LocalPart)]
    [InlineData("a@", EmailAddressProblem.Domain)]
    [InlineData("a@example", EmailAddressProblem.Domain)]
    [InlineData("a@.example.com", EmailAddressProblem.Domain)]
    [InlineData("a@example..com", EmailAddressProblem.Domain)]
    [InlineData("a@example.com.", EmailAddressProblem.Domain)]
    [InlineData("a@-example.com", EmailAddressProblem.Domain)]
    [InlineData("a@example-.com", EmailAddressProblem.Domain)]
    [InlineData("a@exa_mple.com", EmailAddressProblem.Domain)]
    [InlineData("a@exa mple.com", EmailAddressProblem.Domain)]
    [InlineData("a@example.com>", EmailAddressProblem.Domain)]
    [InlineData("a@192.0.2.1", EmailAddressProblem.Domain)]
    [InlineData("a@[192.0.2.1]", EmailAddressProblem.Domain)]
    public void TryParse_NotOneMailbox_NamesTheProblem(string? text, EmailAddressProblem expected)
    {
        EmailAddress.TryParse(text, out var address, out var problem).Should().BeFalse();

        problem.Should().Be(expected);
        address.Should().BeNull();
    }

    [Theory]
    [InlineData(64, EmailAddressProblem.None)]
    [InlineData(65, EmailAddressProblem.TooLong)]
    public void TryParse_LocalPartAtItsLimit_CountsOctets(int octets, EmailAddressProblem expected)
    {
        ProblemOf(new string('a', octets) + "@example.com").Should().Be(expected);
        ProblemOf(new string('é', octets / 2) + new string('a', octets % 2) + "@example.com").Should().Be(expected);
    }

    [Theory]
    [InlineData(254, EmailAddressProblem.None)]
    [InlineData(255, EmailAddressProblem.TooLong)]
    public void TryParse_WholeAtItsLimit_CountsOctets(int octets, EmailAddressProblem expected)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 4)) + ".com";

        ProblemOf(new string('a', octets - domain.Length - 1) + "@" + domain).Should().Be(expected);
    }

    [Theory]
    [InlineData(" a@example.com\u00A0")]
    [InlineData("\uFEFFa@example.com\u200B")]
    [InlineData("\u200Ea@example.com\u3000")]
    [InlineData("<a@example.com>")]
    [InlineData("Ana <a@example.com>")]
    [InlineData("\"Weber, Ana\" <a@example.com>")]
    [InlineData("Weber, Ana <a@example.com> ")]
    [InlineData("Ana\u00A0Weber<a@example.com>")]
    [InlineData("mailto:a@example.com")]
    [InlineData("MAILTO:a%40example.com?subject=Help%20me")]
    [InlineData("Ana <mailto:a@example.com>")]
    [InlineData("\"a\"@example.com")]
    [InlineData("\"\\a\"@example.com")]
    [InlineData("a@EXAMPLE.com")]
    [InlineData("a@example\u3002com")]
    [InlineData("a@ｅｘａｍｐｌｅ．ｃｏｍ")]
    [InlineData("a@exa\u00ADmple.c\u200Bom")]
    public void Parse_OneMailboxAsItIsCopied_IsThatMailbox(string text)
    {
        var address = EmailAddress.Parse(text);

        address.Address.Should().Be("a@example.com");
        address.DisplayName.Should().BeNull();
    }

    [Theory]
    [InlineData("jose\u0301@example.com", "josé@example.com")]
    [InlineData("\"jo se\"@example.com", "\"\\jo \\s\\e\"@example.com")]
    [InlineData("a@straße.example", "a@xn--strae-oqa.example")]
    [InlineData("a@bu\u0308cher.example", "a@BÜCHER．example")]
    public void Parse_TwoSpellings_AreOneAddress(string one, string other)
    {
        EmailAddress.Parse(one).Should().Be(EmailAddress.Parse(other));
        EmailAddress.Parse(one).WireAddress.Should().Be(EmailAddress.Parse(other).WireAddress);
    }

    [Fact]
    public void Parse_SharpS_IsNotTwoLetters() => EmailAddress.Parse("a@straße.example").Should().NotBe(EmailAddress.Parse("a@strasse.example"));

    [Fact]
    public void Parse_InternationalDomain_KeepsBothForms()
    {
        var address = EmailAddress.Parse("ana@BÜCHER.example");

        address.Domain.Should().Be("bücher.example");
        address.AsciiDomain.Should().Be("xn--bcher-kva.example");
        address.Address.Should().Be("ana@bücher.example");
        address.WireAddress.Should().Be("ana@xn--bcher-kva.example");
        address.RequiresSmtpUtf8.Should().BeFalse("the domain has an ASCII form");
        EmailAddress.Parse("ana@xn--bcher-kva.example").Should().Be(address);
    }

    [Fact]
    public void Parse_InternationalLocalPart_RequiresSmtpUtf8() => EmailAddress.Parse("josé@example.com").RequiresSmtpUtf8.Should().BeTrue();

    [Fact]
    public void Parse_SpacesAround_AreDropped() => EmailAddress.Parse("  a@example.com ").Address.Should().Be("a@example.com");

    [Fact]
    public void Parse_Refused_NeverRepeatsTheText()
    {
        var parse = () => EmailAddress.Parse("secret-person example.com");

        parse.Should().Throw<FormatException>().Which.Message.Should().NotContain("secret").And.Contain("MissingAt");
    }

    [Fact]
    public void Equals_DomainInAnotherCaseOrAnotherName_IsTheSameMailbox()
    {
        var address = EmailAddress.Parse("ana@example.com");

        EmailAddress.Parse("ana@EXAMPLE.com").WithDisplayName("Ana").Should().Be(address);
        EmailAddress.Parse("ana@EXAMPLE.com").GetHashCode().Should().Be(address.GetHashCode());
        (EmailAddress.Parse("Ana@example.com") == address).Should().BeFalse("the local part belongs to the receiving host");
    }

    [Theory]
    [InlineData("Ana\r\nBcc: b@example.com")]
    [InlineData("Ana\u2029")]
    [InlineData("Ana\u2066")]
    [InlineData(" ")]
    public void WithDisplayName_UnfitForAHeader_Throws(string name)
    {
        var rename = () => EmailAddress.Parse("a@example.com").WithDisplayName(name);

        rename.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("Bcc");
    }

    [Fact]
    public void WithDisplayName_HalfASurrogatePair_Throws()
    {
        var rename = () => EmailAddress.Parse("a@example.com").WithDisplayName("Ana" + '\uD800');

        rename.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void TryParse_AnyText_IsOneMailboxOrRefused() => Hostile.Text.Sample(
        text =>
        {
            if (!EmailAddress.TryParse(text, out var address, out var problem))
                return problem != EmailAddressProblem.None && address is null;

            return problem == EmailAddressProblem.None
                && !address.WireAddress.Any(char.IsControl)
                && Encoding.UTF8.GetByteCount(address.WireAddress) <= 254
                && EmailAddress.Parse(address.Address).Equals(address)
                && EmailAddress.Parse(address.WireAddress).Equals(address)
                && MimeKit.MailboxAddress.Parse(address.WireAddress).Address.Length > 0;
        },
        iter: 5_000);

    private static EmailAddressProblem ProblemOf(string text)
    {
        _ = EmailAddress.TryParse(text, out _, out var problem);
        return problem;
    }
}
