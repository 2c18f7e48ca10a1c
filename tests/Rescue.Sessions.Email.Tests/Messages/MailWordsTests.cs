using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Email.Messages;

/// <summary>Languages that a host brings along.</summary>
public sealed class MailWordsTests
{
    private const string Swedish = "Hej {{ customer.name }}!\n\nÖppna länken:\n\n{{ link.url }}\n\nPIN-kod: {{ pin.code }}";

    private static readonly (string Key, string Word)[] Layout =
    [
        ("button", "Öppna"), ("pin", "Eller skriv {0} i en webbläsare, och där denna PIN-kod:"), ("preview", "Länken gäller till {0}."),
        ("check", "Kontrollera:"), ("decline", "Jag bad inte om detta"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_LanguageOfTheHost_IsThereAsOursAre()
    {
        using var folder = Complete();
        var words = new MailWords(folder.Path);

        MailWords.Problems(folder.Path).Should().BeEmpty();
        words.Languages.Should().Equal("en", "ar", "de", "es", "fr", "nl", "sv");
        words.BuiltIn("sv")!.Text.Should().Be(Swedish);
        words.Nearest("sv-FI").Language.Should().Be("sv");
        words.SubjectAgain("Hjälp", "sv").Should().Be("Hjälp (igen)");
        words.Layout.FindNearest("sv-FI")!["button"].Should().Be("Öppna");
        words.BuiltIn("fr").Should().BeSameAs(words.BuiltIn("fr"), "a template is compiled once");
    }

    [Fact]
    public void Find_WordsOfOurs_AreReplacedByTheHosts()
    {
        using var folder = new LanguageFolder();
        folder.Add("LayoutTexts.fr.resx", [("button", "Allons-y"), .. Layout[1..]]);

        MailWords.Problems(folder.Path).Should().BeEmpty();
        new MailWords(folder.Path).Layout.FindNearest("fr-CA")!["button"].Should().Be("Allons-y");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("nl")]
    [InlineData("ar")]
    public void SubjectAgain_Language_SaysItInItsOwnWords(string language) =>
        MailWords.Shipped.SubjectAgain("x", language).Should().NotContain("sent again").And.NotBe("x (2)").And.Contain("x");

    [Fact]
    public void SubjectAgain_LanguageWithoutWords_SaysItWithoutAny() => MailWords.Shipped.SubjectAgain("Hjälp", "sv").Should().Be("Hjälp (2)");

    [Fact]
    public void Render_TemplateInALanguageWithoutWords_HasNoWordOfAnother()
    {
        var template = EmailTemplate.Check(new("Hjälp", "Hej!\n\n{{ link.url }}") { Language = "sv" });

        var html = template.Render(TemplateValues.Sample).Html!;

        html.Should().Contain("lang=\"sv\"").And.Contain($"href=\"{TemplateValues.Sample.LinkUrl.Replace("&", "&amp;", StringComparison.Ordinal)}\"").And.Contain("012345");
        html.Should().NotContainAny("Open the support page", "Or type", "works once", "did not ask", "class=\"button\" href");
    }

    public static TheoryData<string, Action<LanguageFolder>> Wrong { get; } = new()
    {
        { "LanguageFolder: InvitationMessages.sv.resx lacks: subjectAgain. Add", folder => folder.Add("InvitationMessages.sv.resx", ("subject", "Hjälp"), ("text", Swedish)) },
        { "LanguageFolder: LayoutTexts.sv.resx lacks: pin. Add", folder => folder.Add("LayoutTexts.sv.resx", [("pin", " "), .. Layout.Where(word => word.Key != "pin")]) },
        { "LanguageFolder: LayoutTexts.sv.resx has words that nothing asks for: knapp.", folder => folder.Add("LayoutTexts.sv.resx", [.. Layout, ("knapp", "x")]) },
        { "LanguageFolder: LayoutTexts.sv.resx must fill in the same values as in English in preview: {0}.", folder => folder.Add("LayoutTexts.sv.resx", [("preview", "Öppna nu"), .. Layout.Where(word => word.Key != "preview")]) },
        { "LanguageFolder: InvitationMessages.sv.resx must fill in the same values as in English in subjectAgain: {0}.", folder => folder.Add("InvitationMessages.sv.resx", ("subject", "Hjälp"), ("text", Swedish), ("subjectAgain", "igen {1}")) },
        { "LanguageFolder: InvitationMessages.sv.resx has an error in its text, line 1, column 1: The link is missing", folder => folder.Add("InvitationMessages.sv.resx", ("subject", "Hjälp"), ("text", "Hej"), ("subjectAgain", "{0} (igen)")) },
        { "LanguageFolder: LayoutTexts.Svenska språket.resx is named by what is no language.", folder => folder.Add("LayoutTexts.Svenska språket.resx", ("button", "Öppna"), ("pin", "PIN:")) },
        { "LanguageFolder: LayoutTexts.fr.resx cannot be read.", folder => folder.AddText("LayoutTexts.fr.resx", "<root><data") },
        { "LanguageFolder: LayoutTexts.fr.resx cannot be read.", folder => folder.AddText("LayoutTexts.fr.resx", "<!DOCTYPE root [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><root><data name=\"pin\"><value>&e;</value></data></root>") },
        { "LanguageFolder: LayoutTexts.fr.resx cannot be read. 'pin' is there twice.", folder => folder.Add("LayoutTexts.fr.resx", ("pin", "a"), ("pin", "b")) },
        { "LanguageFolder has words in the language da, but no LayoutTexts.da.resx.", folder => folder.Add("InvitationMessages.da.resx", ("subject", "Hjælp"), ("text", Swedish), ("subjectAgain", "{0} (igen)")) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problems_FolderIsWrong_NamesTheFileAndTheFix(string problem, Action<LanguageFolder> change)
    {
        using var folder = Complete();
        change(folder);

        MailWords.Problems(folder.Path).Should().ContainSingle().Which.Should().StartWith(problem);
    }

    [Fact]
    public void Problems_FolderThatIsNotThere_SaysSo() =>
        MailWords.Problems("/no/such/folder").Should().OnlyContain(problem => problem.StartsWith("LanguageFolder is a folder that is not there: /no/such/folder.", StringComparison.Ordinal));

    [Fact]
    public async Task Invite_LanguageOfTheHost_IsThatOfTheMessage()
    {
        using var folder = Complete();
        await using var services = Services(folder.Path, "sv");
        var ada = new Technician("ada", "Ada Lovelace") { Groups = ["all"] };
        var invitations = services.GetRequiredService<EmailInvitations>();

        var result = await invitations.InviteAsync(ada, new("Grace") { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } }, Cancellation);

        result.Draft!.Text.Should().StartWith("Hej Grace!");
        invitations.Languages.Should().Contain("sv");
    }

    [Theory]
    [InlineData("sv", null, true)]
    [InlineData("sv", "sv-FI", true)]
    [InlineData("sv", "sv", false)]
    [InlineData("sv-FI", "SV", false)]
    [InlineData("nl-BE", null, false)]
    public async Task Start_DefaultLanguageWithoutWords_IsAWarning(string language, string? template, bool warns)
    {
        var log = new Warnings();
        await using var services = Services(null, language, log);
        if (template is not null)
            services.GetRequiredService<IOptionsMonitor<EmailOptions>>().CurrentValue.Templates.Add(new("Hej", "{{ link.url }}") { Language = template });

        foreach (var service in services.GetServices<IHostedService>().OfType<DefaultLanguageCheck>())
            await service.StartAsync(Cancellation);

        log.Lines.Should().HaveCount(warns ? 1 : 0);
        if (warns)
            log.Lines.Single().Should().StartWith($"Email.DefaultLanguage is {language}, for which there are no built-in words");
    }

    [Fact]
    public async Task Start_FolderIsWrong_IsRefused()
    {
        using var folder = Complete();
        folder.Add("LayoutTexts.sv.resx", [.. Layout.Where(word => word.Key != "pin")]);
        await using var services = Services(folder.Path, "sv");

        var read = () => services.GetRequiredService<IOptions<RescueSessionsOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().WithMessage("*LayoutTexts.sv.resx lacks: pin*");
    }

    private static LanguageFolder Complete() => new LanguageFolder()
        .Add("InvitationMessages.sv.resx", ("subject", "Hjälp"), ("text", Swedish), ("subjectAgain", "{0} (igen)"))
        .Add("LayoutTexts.sv.resx", Layout)
        .AddText("Texts.sv.resx", "The applet's, which the server does not read.");

    private static ServiceProvider Services(string? folder, string language, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        if (log is not null)
            services.AddLogging(logging => logging.AddProvider(log));
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.LanguageFolder = folder;
            options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddEmail(options =>
        {
            options.SenderAddress = "support@example.org";
            options.DefaultLanguage = language;
        });
        return services.BuildServiceProvider();
    }

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
