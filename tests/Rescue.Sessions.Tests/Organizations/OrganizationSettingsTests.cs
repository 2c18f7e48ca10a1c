using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Tests.Organizations;

public sealed class OrganizationSettingsTests
{
    private static readonly Dictionary<string, OrganizationSettings> Mistakes = new()
    {
        ["name: must not be empty"] = new() { Name = " " },
        ["name: must not contain control"] = new() { Name = "Acme\nBcc: all" },
        ["senderAddress: must be one mailbox"] = new() { SenderAddress = "support" },
        ["senderAddress: must be one mailbox such"] = new() { SenderAddress = "a@b.example, c@d.example" },
        ["senderAddress: must be one mailbox such as"] = new() { SenderAddress = "a@b.example\r\nBcc: c@d.example" },
        ["senderName: knows {technician} and {organization} alone"] = new() { SenderName = "{customer}" },
        ["senderName: must not contain control"] = new() { SenderName = "{technician}\u202E" },
        ["replyTo: must be 'technician', 'sender' or one mailbox"] = new() { ReplyTo = "nobody" },
        ["publicBaseUri: must be absolute"] = new() { PublicBaseUri = "help.globex.example" },
        ["publicBaseUri: must be absolute and"] = new() { PublicBaseUri = "javascript:alert(1)" },
        ["publicBaseUri: must not hold a user name"] = new() { PublicBaseUri = "https://acme.example@globex.example/" },
        ["publicBaseUri: must have no query"] = new() { PublicBaseUri = "https://globex.example/?x" },
        ["accentColor: must be written as #rrggbb"] = new() { AccentColor = "red; background: url(https://evil.example)" },
        ["accentColor: has a contrast of 1.4:1 with white, where 4.5:1 can be read. Choose a darker one, such as #"] = new() { AccentColor = "#ffd500" },
        ["accentColor: has a contrast of 4.4:1"] = new() { AccentColor = "#787878" },
        ["phone: must be one number"] = new() { Phone = "call me" },
        ["phone: must be one number of"] = new() { Phone = "<script>" },
        ["phone: must be one number of at"] = new() { Phone = "+" },
        ["url: must be an absolute"] = new() { Url = "javascript:alert(1)" },
        ["url: must be an absolute https://"] = new() { Url = "https://user:word@globex.example/" },
        ["url: must be an absolute https:// or http:// address of"] = new() { Url = $"https://globex.example/{new string('日', 200)}" },
        ["languages: list must have 1 to 20"] = new() { Languages = [] },
        ["languages[1]: must be a BCP 47 language tag"] = new() { Languages = ["fr", "not a language"] },
        ["timeZone: is not known"] = new() { TimeZone = "../../etc/passwd" },
        ["wording: must be in at most 20 languages"] = new() { Wording = Enumerable.Range('a', 21).ToDictionary(letter => $"a{(char)letter}", _ => "Hello") },
        ["wording.xx-: must be given by BCP 47"] = new() { Wording = new Dictionary<string, string> { ["xx-"] = "Hello" } },
        ["wording.fr: must be one line"] = new() { Wording = new Dictionary<string, string> { ["fr"] = "Ouvert\nde 9 h à 17 h" } },
    };

    public static TheoryData<string> Messages => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Problems_OfOneMistake_NameTheFieldAndTheFix(string message)
    {
        var (field, says) = (message[..message.IndexOf(": ", StringComparison.Ordinal)], message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);

        var problem = Mistakes[message].Problems().Should().ContainSingle().Which;

        problem.Field.Should().Be(field);
        problem.Message.Should().Contain(says).And.EndWith(".");
    }

    [Fact]
    public void Problems_OfWhatIsRight_AreNone() => new OrganizationSettings
    {
        Name = "Globex & Söhne", SenderAddress = "aide@globex.example", SenderName = "{technician} ({organization})", ReplyTo = "aide@globex.example",
        PublicBaseUri = "https://aide.globex.example", Logo = $"data:image/png;base64,{Convert.ToBase64String(Images.Png(200, 60))}", AccentColor = "#7a1fa2",
        Phone = "+33 1 23 45 67 89 ext. 12", Url = "https://globex.example/aide", Languages = ["fr", "en-GB"], TimeZone = "Europe/Paris",
        Wording = new Dictionary<string, string> { ["fr"] = "Ouvert de 9 h à 17 h." },
    }.Problems().Should().BeEmpty();

    [Theory]
    [InlineData("https://globex.example/aide", "https://globex.example/aide")]
    [InlineData("https://Bücher.example:8443/é?a=ü#x", "https://xn--bcher-kva.example:8443/%C3%A9?a=%C3%BC#x")]
    [InlineData("http://globex.example/'\"<", "http://globex.example/%27%22%3C")]
    [InlineData("https://[::1]/a", "https://[::1]/a")]
    public void WebPage_Parse_IsAsciiWithoutQuotes(string written, string address) => WebPage.Parse(written)!.AbsoluteUri.Should().Be(address);

    [Theory]
    [InlineData("{technician}, {organization}", "Ada, Globex")]
    [InlineData("Globex", "Globex")]
    [InlineData("{organization}: {technician}", "Globex: Ada")]
    public void SenderName_IsFilledInOnce(string form, string name) => Of(form, "Globex").SenderNameFor("Ada").Should().Be(name);

    [Fact]
    public void SenderName_OfATechnicianWhoIsNamedLikeAPlaceholder_IsTheirName() =>
        Of("{technician}, {organization}", "Globex").SenderNameFor("{organization}").Should().Be("{organization}, Globex");

    [Fact]
    public void SenderName_TooLongForAHeader_IsTheOrganizationsAlone() =>
        Of("{technician}, {organization}, Support", "Globex").SenderNameFor(new('x', 256)).Should().Be("Globex");

    private static Organization Of(string form, string name) => new() { Tenant = "globex", Name = name, SenderName = form, PublicBaseUri = new("https://globex.example/") };
}
