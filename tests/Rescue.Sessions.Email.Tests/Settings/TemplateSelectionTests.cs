using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email.Settings;

public sealed class TemplateSelectionTests : IDisposable
{
    private static readonly EmailTemplateKey Key = new("en");

    private readonly FakeTimeProvider time = new();
    private readonly Lines log = new();
    private readonly ServiceProvider services;

    public TemplateSelectionTests()
    {
        var given = new ServiceCollection().AddSingleton<TimeProvider>(time);
        given.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/"))
            .AddEmail(options =>
            {
                options.SenderAddress = "support@example.org";
                options.Templates.Add(new("Aide", "{{ link.url }}") { Language = "fr" });
            });
        given.AddLogging(logging => logging.AddProvider(log));
        services = given.BuildServiceProvider();
    }

    [Fact]
    public async Task Select_SavedTemplate_IsCompiledOnce_UntilAnotherIsSaved()
    {
        await SaveAsync("Help");
        var first = await SelectAsync("en");
        time.Advance(TimeSpan.FromSeconds(2));

        var second = await SelectAsync("en");
        await SaveAsync("Other");
        var third = await SelectAsync("en");

        first.SavedAs.Should().Be(Key);
        second.Template.Should().BeSameAs(first.Template);
        third.Template.Source.Subject.Should().Be("Other");
    }

    [Fact]
    public async Task Select_SavedTemplateThatCannotBeUsed_IsToldOfOnce_UntilAnotherIsSaved()
    {
        foreach (var subject in (string[])["{{ one", "{{ other"])
        {
            log.All.Clear();
            await SaveAsync(subject);
            for (var message = 0; message < 3; message++)
                (await SelectAsync("en")).SavedAs.Should().BeNull();
            log.All.Should().ContainSingle().Which.Should().Contain("cannot be used");
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Select_TemplateOfTheProductOrBuiltIn_IsCompiledOnce(string language)
    {
        var first = await SelectAsync(language);
        time.Advance(TimeSpan.FromSeconds(2));

        first.SavedAs.Should().BeNull();
        (await SelectAsync(language)).Template.Should().BeSameAs(first.Template);
    }

    [Theory]
    [InlineData("Europe/Paris", "Europe/Paris")]
    [InlineData("Europe/Atlantis", "UTC")]
    [InlineData("../../etc/passwd", "UTC")]
    public async Task Select_SavedTimeZoneThatThisMachineLacks_IsPassedOver(string saved, string used)
    {
        await SaveAsync(EmailDefaults.SettingName, $$"""{"timeZone":"{{saved}}"}""");

        (await SelectAsync("en")).TimeZone.Should().Be(used);
    }

    public void Dispose() => services.Dispose();

    private async Task<SelectedTemplate> SelectAsync(string language) => await services.GetRequiredService<TemplateSelection>()
        .SelectAsync(Technician.DefaultTenant, language, platform: null, TestContext.Current.CancellationToken);

    private Task SaveAsync(string subject) => SaveAsync(Key.SettingName, $$$"""{"subject":"{{{subject}}}","text":"{{ link.url }}"}""");

    private async Task SaveAsync(string name, string document)
    {
        var change = new SettingChange
        {
            Tenant = Technician.DefaultTenant, Name = name, Value = document, By = new("ada", "Ada"), At = time.GetUtcNow(),
        };
        await services.GetRequiredService<TenantSettings>().SaveAsync(change, TestContext.Current.CancellationToken);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                All.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
