namespace Rescue.Sessions.Email.ForeignLinks;

public sealed class ForeignLinkTests
{
    [Theory]
    [InlineData("Your account is locked, verify at https://evil.example/login", "Your account is locked, verify at https[:]//evil[.]example/login")]
    [InlineData("see evil.com now", "see evil[.]com now")]
    [InlineData("EVIL.COM", "EVIL[.]COM")]
    [InlineData("Evil.Com/login", "Evil[.]Com/login")]
    [InlineData("go to www.paypal", "go to www[.]paypal")]
    [InlineData("login.micro-soft.co.uk", "login[.]micro-soft[.]co[.]uk")]
    [InlineData("evil。com", "evil[.]com")]
    [InlineData("ｅｖｉｌ．ｃｏｍ", "evil[.]com")]
    [InlineData("evil\u200B.com", "evil[.]com")]
    [InlineData("evil\uFFFE.com", "evil[.]com")]
    [InlineData("bücher.de", "bücher[.]de")]
    [InlineData("пример.рф", "пример[.]рф")]
    [InlineData("ftp://x", "ftp[:]//x")]
    [InlineData("10.0.0.1/login", "10[.]0[.]0[.]1/login")]
    [InlineData("call me at help@evil.com please", "call me at help@evil[.]com please")]
    [InlineData("Booking.com", "Booking[.]com")]
    [InlineData("Dr.Li/login", "Dr[.]Li/login")]
    [InlineData("verify at https://evil.example/login <anna@example.com>", "verify at https[:]//evil[.]example/login <anna@example[.]com>")]
    [InlineData("evil.com <anna@example.com>", "evil[.]com <anna@example[.]com>")]
    [InlineData("mailto:anna@example.com?body=https://evil.example", "mailto:anna@example[.]com?body=https[:]//evil[.]example")]
    [InlineData("<mailto:anna@example.com?subject=evil.com>", "<mailto:anna@example[.]com?subject=evil[.]com>")]
    [InlineData("\"evil.com\"@example.com", "\"evil[.]com\"@example[.]com")]
    [InlineData("evil.com/login@example.com", "evil[.]com/login@example[.]com")]
    [InlineData("evil.com?login@example.com", "evil[.]com?login@example[.]com")]
    [InlineData("Anna Smith <evil.com#login@example.com>", "Anna Smith <evil[.]com#login@example[.]com>")]
    [InlineData("Case 1.1:t.co/AbC123", "Case 1.1:t[.]co/AbC123")]
    [InlineData("1.1/t.co", "1.1/t[.]co")]
    [InlineData("v1.1#t.co/x", "v1.1#t[.]co/x")]
    [InlineData("1.1?x.de", "1.1?x[.]de")]
    [InlineData("by 1.1@t.co", "by 1.1@t[.]co")]
    [InlineData("1.1:10.0.0.1/login", "1.1:10[.]0[.]0[.]1/login")]
    [InlineData("1.1:www.x", "1.1:www[.]x")]
    [InlineData("evil.com- now", "evil[.]com- now")]
    [InlineData("_evil.com_", "_evil[.]com_")]
    [InlineData("-www.paypal-", "-www[.]paypal-")]
    public void IsIn_LinkOrHostName_IsFoundAndBroken(string text, string defused)
    {
        ForeignLink.IsIn(text).Should().BeTrue();
        ForeignLink.Defuse(text).Should().Be(defused);
        ForeignLink.IsIn(defused).Should().BeFalse();
    }

    [Fact]
    public void Defuse_HalfASurrogatePair_IsAnotherCharacter() => ForeignLink.Defuse('\uD800' + "evil.com").Should().Be("\uFFFDevil[.]com");

    [Theory]
    [InlineData("Grace Hopper")]
    [InlineData("St. Mary's")]
    [InlineData("St.Mary's Hospital")]
    [InlineData("Dr.Smith")]
    [InlineData("Dr.Li")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("J.R.R.Tolkien")]
    [InlineData("Prof.Ng")]
    [InlineData("Node.js")]
    [InlineData("Huber e.V.")]
    [InlineData("Acme Inc.")]
    [InlineData("Martin & Co.")]
    [InlineData("S.A.R.L.")]
    [InlineData("U.S. Steel")]
    [InlineData("version 4.18.2")]
    [InlineData("T-2026.11.28")]
    [InlineData("invoice_17.pdf")]
    [InlineData("Re: your ticket, no. 5")]
    [InlineData("anna@example.com")]
    [InlineData(" Anna@Example.com ")]
    [InlineData("anna.smith+help@bücher.de")]
    [InlineData("anna@xn--bcher-kva.de")]
    [InlineData("<anna@example.com>")]
    [InlineData("Anna Smith <anna@example.com>")]
    [InlineData("O'Brien (Acme, Inc.) <x@y.z>")]
    [InlineData("Łukasz 王 <łukasz.王@bücher.de>")]
    [InlineData("3.14")]
    [InlineData("1.1:2.2/3.3")]
    [InlineData("-.-")]
    [InlineData("Dr.Li-")]
    [InlineData("Dr.Li-Meyer")]
    [InlineData("1.2.3.4")]
    [InlineData("نامه\u200Cای")]
    public void IsIn_OrdinaryNameOrReference_IsNot(string text)
    {
        ForeignLink.IsIn(text).Should().BeFalse();
        ForeignLink.Defuse(text).Should().Be(text);
    }
}
