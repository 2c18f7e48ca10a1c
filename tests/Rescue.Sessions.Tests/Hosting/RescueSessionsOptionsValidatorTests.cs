using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Hosting;

public sealed class RescueSessionsOptionsValidatorTests
{
    // A label that would have more than 63 letters in ASCII, so that no address can be made of it.
    private const string Unwritable = "https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/";

    private static readonly Dictionary<string, Action<RescueSessionsOptions>> Mistakes = new()
    {
        ["Organization.Name: The name must not be empty"] = o => o.Organization.Name = " ",
        ["Organization.AccentColor: The accent colour has a contrast of"] = o => o.Organization.AccentColor = "#ffff00",
        ["Organization.Logo: The logo is no PNG"] = o => o.Organization.Logo = [1, 2, 3],
        ["Organization.Domains has '@acme.example', which is no domain"] = o => o.Organization.Domains.Add("@acme.example"),
        ["Organization.PublicBaseUri is for tenants"] = o => o.Organization.PublicBaseUri = new("https://acme.example/"),
        ["Organizations has an entry without a tenant"] = o => o.Organizations[""] = new(),
        ["Organizations[globex].SenderAddress: The sender's address must be one mailbox"] = o => o.Organizations["globex"] = new() { SenderAddress = "globex" },
        ["Organizations[globex].Languages[0]: The language must be a BCP 47"] = o => o.Organizations["globex"] = new() { Languages = { "not a language" } },
        ["Organizations[globex].PublicBaseUri has the host name of Codes.PublicBaseUri"] = o => Address(o, "globex", "https://help.example.org/globex/"),
        ["Organizations[b].PublicBaseUri has the host name of Organizations[a].PublicBaseUri. Give each"] = o => Address(Address(o, "a", "https://a.example/"), "b", "https://A.example:444/"),
        ["Organizations[globex].PublicBaseUri must have the path '/' of Codes.PublicBaseUri"] = o => Address(o, "globex", "https://globex.example/help/"),
        ["Organizations[globex].PublicBaseUri is in a domain that is not the tenant's. Add 'help.acme.example'"] = o =>
            Address(o, "globex", "https://help.acme.example/").Organizations["acme"] = new() { Domains = { "acme.example" } },
        ["Organizations[globex].SenderAddress is in a domain that is not the tenant's. Add 'acme.example'"] = o =>
            o.Organizations["globex"] = new() { SenderAddress = "a@acme.example", Domains = { "globex.example" } },
        ["Codes.PublicBaseUri is not set. Set it"] = o => o.Codes.PublicBaseUri = null,
        ["Codes.PublicBaseUri must be absolute"] = o => o.Codes.PublicBaseUri = new("help", UriKind.Relative),
        ["Codes.PublicBaseUri must not hold a user"] = o => o.Codes.PublicBaseUri = new("https://me@h/"),
        ["Codes.PublicBaseUri must have no query"] = o => o.Codes.PublicBaseUri = new("https://h/?a"),
        ["Codes.PublicBaseUri has a host name without an ASCII form"] = o => o.Codes.PublicBaseUri = new("https://bü_cher.example/"),
        ["Codes.PublicBaseUri has a host name without an ASCII form. Write"] = o => o.Codes.PublicBaseUri = new(Unwritable),
        ["Organizations[globex].PublicBaseUri: The public address has a host name without an ASCII form"] = o => Address(o, "globex", Unwritable),
        ["Organizations[globex].Url: The web page must be an absolute"] = o => o.Organizations["globex"] = new() { Url = new(Unwritable) },
        ["Codes.PublicBaseUri has a path with characters"] = o => o.Codes.PublicBaseUri = new("https://h.example/o'neill/"),
        ["Codes.PublicBaseUri has a path with"] = o => o.Codes.PublicBaseUri = new("https://h.example/a b/"),
        ["Codes.PublicBaseUri has a path"] = o => o.Codes.PublicBaseUri = new("https://h.example/(é)/"),
        ["Codes.PublicBaseUri has 1019 characters; links made of it do not fit"] = o => o.Codes.PublicBaseUri = new("https://h.example/" + new string('a', 1000) + "/"),
        ["Invitations.DistinctRecipients is -1. Set it"] = o => o.Invitations.DistinctRecipients = -1,
        ["Codes.Validity is 00:00:00. Set it to a time from 00:00:01"] = o => o.Codes.Validity = TimeSpan.Zero,
        ["Guests.MaxValidity is 00:00:59. Set it to a time from 00:01:00 to 7.00:00:00"] = o => o.Guests.MaxValidity = TimeSpan.FromSeconds(59),
        ["Guests.Validity is 00:00:01. Set it to a time from 00:01:00 to 08:00:00"] = o => o.Guests.Validity = TimeSpan.FromSeconds(1),
        ["Guests.Validity is 09:00:00. Set it to a time from 00:01:00 to 08:00:00"] = o => o.Guests.Validity = TimeSpan.FromHours(9),
        ["Codes.PinLength is 5. Set it to a number from 6 to 12"] = o => o.Codes.PinLength = 5,
        ["Codes.IssueLimit is -1. Set it"] = o => o.Codes.IssueLimit = -1,
        ["Codes.IssueWindow is 2.00:00:00. Set it"] = o => o.Codes.IssueWindow = TimeSpan.FromDays(2),
        ["Codes.RepeatWindow is 01:00:01. Set it to a time up to one hour, or to 0"] = o => o.Codes.RepeatWindow = new TimeSpan(1, 0, 1),
        ["Codes.RepeatWindow is -00:00:01"] = o => o.Codes.RepeatWindow = TimeSpan.FromSeconds(-1),
        ["Retention.Ended is 00:59:59. Set it to a time from one hour"] = o => o.Retention.Ended = new TimeSpan(0, 59, 59),
        ["Retention.Technicians is 00:00:01. Set it to a time from one hour"] = o => o.Retention.Technicians = TimeSpan.FromSeconds(1),
        ["Codes.Keys[0] has 3 bytes; 32 or more are needed. Make one with: openssl"] = o => o.Codes.Keys.Add("AAAA"),
        ["Codes.Keys[0] is not base64. Make one with: openssl"] = o => o.Codes.Keys.Add("?"),
        ["Codes.Keys[0] is empty: the setting that it is read from may be missing. Make one with: openssl"] = o => o.Codes.Keys.Add(null!),
        ["Invitations.RecipientLimit is -1. Set it"] = o => o.Invitations.RecipientLimit = -1,
        ["Invitations.RecipientWindow is"] = o => o.Invitations.RecipientWindow = TimeSpan.Zero,
        ["Timeouts.Connecting is 00:00:00.5000000. Set it to a time from 00:00:01 to 30.00:00:00, or to 0 for never"] = o => o.Timeouts.Connecting = TimeSpan.FromSeconds(0.5),
        ["Timeouts.Waiting is"] = o => o.Timeouts.Waiting = TimeSpan.FromSeconds(-1),
        ["Timeouts.ActiveIdle is"] = o => o.Timeouts.ActiveIdle = TimeSpan.FromDays(31),
        ["References.Pattern is no regular expression without lookarounds and back references: "] = o => o.References.Pattern = "INC-(",
        ["TenantReferences[globex].Pattern is no regular expression without lookarounds"] = o => o.TenantReferences["globex"] = new() { Pattern = "(?=a)b" },
        ["References.Example does not fit References.Pattern. Give one that does"] = o => (o.References.Pattern, o.References.Example) = ("INC-[0-9]+", "INC-X"),
        ["References.Example cannot be a reference: The reference must not be longer"] = o => o.References.Example = new string('1', 65),
        ["Guessing.Window is"] = o => o.Guessing.Window = TimeSpan.Zero,
        ["Guessing.PerAddress is -1"] = o => o.Guessing.PerAddress = -1,
        ["Guessing.PerTenant is -1"] = o => o.Guessing.PerTenant = -1,
        ["Guessing.Overall is -1"] = o => o.Guessing.Overall = -1,
        ["Outbox.Concurrency is 0. Set it to a number from 1 to 64"] = o => o.Outbox.Concurrency = 0,
        ["Outbox.MaxAttempts is 0"] = o => o.Outbox.MaxAttempts = 0,
        ["Outbox.MaxRetryDelay is"] = o => o.Outbox.MaxRetryDelay = TimeSpan.FromHours(2),
        ["Permissions.Groups: a group's name must not be empty"] = o => o.Permissions.Groups.Add(new()),
        ["Permissions.Groups: the name 'A' is there twice. Give every group a name of its own"] = o => Groups(o, ("a", null), ("A", null)),
        ["Permissions.Groups: 'a' has the parent 'b', which is not there"] = o => Groups(o, ("a", "b")),
        ["Permissions.Groups: 'a' is its own ancestor. Let one group of the circle have no parent"] = o => Groups(o, ("a", "b"), ("b", "c"), ("c", "a")),
        ["Permissions.Groups: 'self' is its own ancestor"] = o => Groups(o, ("self", "self")),
    };

    public static TheoryData<string> Messages => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Validate_OneMistake_NamesThePropertyAndTheFix(string message)
    {
        var options = Fit();
        Mistakes[message](options);

        var result = new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, options);

        result.Failed.Should().BeTrue();
        result.Failures.Should().Contain(failure => failure.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_DefaultsWithAnAddress_AreFine() =>
        new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, Fit()).Succeeded.Should().BeTrue();

    [Fact]
    public void Validate_TreeInAnyOrder_IsFine()
    {
        var options = Fit();
        Groups(options, ("leaf", "Middle"), ("middle", "root"), ("root", null), ("other", "root"));

        new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Validate_SeveralMistakes_ListsThemAll()
    {
        var options = new RescueSessionsOptions();
        options.Codes.PinLength = 0;
        options.Outbox.Concurrency = 65;

        new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, options).Failures.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("Production", "http://help.example.org/", false, true)]
    [InlineData("Production", "http://help.example.org/", true, false)]
    [InlineData("Production", "http://192.168.1.5/", false, true)]
    [InlineData("Production", "https://help.example.org/", false, false)]
    [InlineData("Production", "http://127.0.0.1:5080/", false, false)]
    [InlineData("Production", "http://[::1]/", false, false)]
    [InlineData("Production", "http://globex.localhost:5080/", false, false)]
    [InlineData("Production", "http://localhost.evil.example/", false, true)]
    [InlineData("Development", "http://help.example.org/", false, false)]
    public void Validate_ClearTextInProduction_IsRefusedUnlessAllowed(string environment, string address, bool isAllowed, bool isRefused)
    {
        var options = Fit();
        options.Codes.PublicBaseUri = new(address);
        options.Codes.AllowHttp = isAllowed;

        var result = new RescueSessionsOptionsValidator(new InMemorySessionStore(), [new HostingEnvironment { EnvironmentName = environment }]).Validate(null, options);

        (result.Failures?.Any(failure => failure.StartsWith("Codes.PublicBaseUri is http:// in Production", StringComparison.Ordinal)) == true).Should().Be(isRefused);
    }

    [Theory]
    [InlineData("https://bücher.example/hilfe", "https://xn--bcher-kva.example/hilfe/Customer/Code.aspx?Code=012345")]
    [InlineData("https://BÜCHER.example:8443/", "https://xn--bcher-kva.example:8443/Customer/Code.aspx?Code=012345")]
    [InlineData("https://straße.example", "https://xn--strae-oqa.example/Customer/Code.aspx?Code=012345")]
    public void PublicBaseUri_InternationalHost_IsUsedInItsAsciiForm(string address, string link) =>
        new Rescue.Sessions.Codes.ConnectionLink(new(address), Rescue.Sessions.Codes.PinCode.Parse("012345"), null).ToUri().AbsoluteUri.Should().Be(link);

    private static RescueSessionsOptions Fit()
    {
        var options = new RescueSessionsOptions();
        options.Codes.PublicBaseUri = new("https://help.example.org/");
        return options;
    }

    private static RescueSessionsOptions Address(RescueSessionsOptions options, string tenant, string address)
    {
        options.Organizations[tenant] = new() { PublicBaseUri = new(address) };
        return options;
    }

    private static void Groups(RescueSessionsOptions options, params (string Name, string? Parent)[] groups)
    {
        foreach (var (name, parent) in groups)
            options.Permissions.Groups.Add(new TechnicianGroup { Name = name, Parent = parent });
    }

    private sealed class HostingEnvironment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
