using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Tests.Organizations;

public sealed class OrganizationSettingsTests
{
    // A label that would have more than 63 letters in ASCII, so that no address can be made of it.
    private const string Unwritable = "https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/";

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
        ["publicBaseUri: has a host name without an ASCII form"] = new() { PublicBaseUri = Unwritable },
        ["accentColor: must be written as #rrggbb"] = new() { AccentColor = "red; background: url(https://evil.example)" },
        ["accentColor: has a contrast of 1.4:1 with white, where 4.5:1 can be read. Choose a darker one, such as #"] = new() { AccentColor = "#ffd500" },
        ["accentColor: has a contrast of 4.4:1"] = new() { AccentColor = "#787878" },
        ["phone: must be one number"] = new() { Phone = "call me" },
        ["phone: must be one number of"] = new() { Phone = "<script>" },
        ["phone: must be one number of at"] = new() { Phone = "+" },
        ["url: must be an absolute"] = new() { Url = "javascript:alert(1)" },
        ["url: must be an absolute https://"] = new() { Url = "https://user:word@globex.example/" },
        ["url: must be an absolute https:// or http:// address of"] = new() { Url = $"https://globex.example/{new string('日', 200)}" },
        ["url: must be an absolute https:// or http:// address of at most"] = new() { Url = Unwritable },
        ["languages: list must have 1 to 20"] = new() { Languages = [] },
        ["languages[1]: must be a BCP 47 language tag"] = new() { Languages = ["fr", "not a language"] },
        ["timeZone: is not known"] = new() { TimeZone = "../../etc/passwd" },
        ["wording: must be in at most 20 languages"] = new() { Wording = Enumerable.Range('a', 21).ToDictionary(letter => $"a{(char)letter}", _ => "Hello") },
        ["wording.xx-: must be given by BCP 47"] = new() { Wording = new Dictionary<string, string> { ["xx-"] = "Hello" } },
        ["wording.FR: is given twice for this language"] = new() { Wording = new Dictionary<string, string> { ["fr"] = "Bonjour", ["FR"] = "Salut" } },
        ["wording.ZH-hant-tw: is given twice for this language"] = new() { Wording = new Dictionary<string, string> { ["zh-Hant-TW"] = "Hello", ["en"] = "Hello", ["ZH-hant-tw"] = "Hello" } },
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

    /// <summary>What of such a label is no name for <see cref="Uri"/> either is kept by it as it is written.</summary>
    [Theory]
    [InlineData("https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/")]
    [InlineData("https://www.一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸/")]
    [InlineData("https://一与丕东丣个丱丸丿乆乍乔乛乢乩买乷乾亅二亓亚亡亨亯亶亽仄介仒仙仠仧仮仵仼伃伊休.example/")]
    public void WebPage_OfAHostThatCannotBeWritten_IsNone(string written) => WebPage.Parse(written).Should().BeNull();

    [Theory]
    [InlineData("https://globex.example/aide", "https://globex.example/aide")]
    [InlineData("https://Bücher.example:8443/é?a=ü#x", "https://xn--bcher-kva.example:8443/%C3%A9?a=%C3%BC#x")]
    [InlineData("http://globex.example/'\"<", "http://globex.example/%27%22%3C")]
    [InlineData("https://[::1]/a", "https://[::1]/a")]
    public void WebPage_Parse_IsAsciiWithoutQuotes(string written, string address) => WebPage.Parse(written)!.AbsoluteUri.Should().Be(address);

    /// <summary>Each difference alone; the last is none.</summary>
    [Fact]
    public void Says_OfOthers_LooksAtEachMember()
    {
        OrganizationSettings Make() => new()
        {
            Name = "Globex", SenderAddress = "a@globex.example", SenderName = "Globex", ReplyTo = "sender", PublicBaseUri = "https://globex.example/", Logo = "AAAA", AccentColor = "#7a1fa2",
            Phone = "555 0100", Url = "https://globex.example/", Languages = ["fr", "en"], TimeZone = "UTC", Wording = new Dictionary<string, string> { ["fr"] = "Bonjour", ["en"] = "Hello" },
        };
        OrganizationSettings[] others =
        [
            .. ((string[])["name", "senderAddress", "senderName", "replyTo", "publicBaseUri", "logo", "accentColor", "phone", "url", "languages", "timeZone", "wording"]).Select(Make().Without),
            Make() with { Name = "globex" },
            Make() with { Languages = ["en", "fr"] },
            Make() with { Languages = ["fr"] },
            Make() with { Wording = new Dictionary<string, string> { ["fr"] = "Bonjour", ["en"] = "Hi" } },
            Make() with { Wording = new Dictionary<string, string> { ["fr"] = "Bonjour", ["nl"] = "Hello" } },
            Make() with { Wording = new Dictionary<string, string> { ["fr"] = "Bonjour" } },
        ];

        others.Select(other => Make().Says(other)).Should().AllBeEquivalentTo(false);
        others.Select(other => other.Says(Make())).Should().AllBeEquivalentTo(false);
        Make().Says(Make()).Should().BeTrue();
        new OrganizationSettings().Says(new()).Should().BeTrue();
    }

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
