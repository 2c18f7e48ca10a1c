using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email.Settings;

public sealed class TemplateSelectionTests : IDisposable
{
    private static readonly EmailTemplateKey Key = new("en");

    private readonly FakeTimeProvider time = new();
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
}
