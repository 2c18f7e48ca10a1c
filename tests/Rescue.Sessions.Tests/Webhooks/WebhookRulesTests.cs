using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Administration;

namespace Rescue.Sessions.Tests.Webhooks;

public sealed class WebhookRulesTests
{
    /// <summary>Every way to write an address that leads into the product's own network.</summary>
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0:8443/hook")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    public void Url_WithAPrivateAddress_IsRefusedUnlessAllowed(string url)
    {
        Problems(url).Should().ContainSingle().Which.Should().StartWith("The address must be one of the public internet").And.Contain("Webhooks.AllowPrivateAddresses");
        Problems(url, new() { AllowPrivateAddresses = true }).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "absolute")]
    [InlineData("crm", "absolute")]
    [InlineData("/hook", "https://")]
    [InlineData("//crm.example/hook", "https://")]
    [InlineData("http://crm.example/", "Webhooks.AllowHttp")]
    [InlineData("ftp://crm.example/", "https://")]
    [InlineData("file:///etc/passwd", "https://")]
    [InlineData("gopher://crm.example/", "https://")]
    [InlineData("javascript:alert(1)", "https://")]
    [InlineData("https://user:secret@crm.example/", "user name")]
    [InlineData("https://127.0.0.1@crm.example/", "user name")]
    [InlineData("https://crm.example/#part", "fragment")]
    [InlineData("https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/", "ASCII")]
    [InlineData("https://一与丕东丣个丱丸丿乆乍乔乛乢乩买乷乾亅二亓亚亡亨亯亶亽仄介仒仙仠仧仮仵仼伃伊休.example/", "ASCII")]
    public void Url_ThatIsNone_IsRefusedAndSaysWhy(string url, string why) => Problems(url).Should().ContainSingle().Which.Should().Contain(why);

    [Fact]
    public void Url_TooLong_IsRefused() => Problems("https://crm.example/" + new string('x', 2048)).Should().ContainSingle();

    [Fact]
    public void Url_Http_IsTakenWhereItIsAllowed() => Problems("http://crm.example/", new() { AllowHttp = true }).Should().BeEmpty();

    [Theory]
    [InlineData("https://crm.example/rescue?tenant=7")]
    [InlineData("https://crm.example:8443/")]
    [InlineData("https://bücher.example/")]
    [InlineData("https://1.1.1.1/")]
    public void Url_OfThePublicInternet_IsTaken(string url) => Problems(url).Should().BeEmpty();

    [Fact]
    public void TypesAndDescription_WithMistakes_AreEachTold()
    {
        var change = new WebhookChange { Url = "https://crm.example/", Description = new('x', 257), Types = ["session.created", "session.nothing", ""] };

        WebhookRules.Problems(change, new()).Select(problem => problem.Field).Should().Equal("description", "types[1]", "types[2]");
    }

    [Fact]
    public void Types_AreWordsThatProgramsRelyOn() => WebhookEventTypes.All.Should().Equal(
        "session.created", "session.connecting", "session.waiting", "session.active", "session.onHold", "session.transferring", "session.rebooting",
        "session.reconnecting", "session.offline", "session.timedOut", "session.closed", "session.changed", "session.invitation", "session.alarm",
        "session.codeTried", "session.activity", "session.guestInvited", "session.guestJoined", "session.guestLeft");

    private static IEnumerable<string> Problems(string url, WebhookOptions? options = null) =>
        WebhookRules.Problems(new() { Url = url }, options ?? new()).Select(problem => problem.Message);
}
