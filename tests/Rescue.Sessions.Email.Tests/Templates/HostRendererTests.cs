using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A product whose administrators write in another language than Scriban's.</summary>
public sealed class HostRendererTests : IDisposable
{
    private static readonly Technician Jo = new("jo", "Jo") { Groups = ["admins"], Email = "jo@example.org" };

    private readonly ServiceProvider services;

    public HostRendererTests()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IEmailTemplateRenderer, PercentSigns>();
        collection.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Permissions.Groups.Add(new() { Name = "admins", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddEmail(options => options.SenderAddress = "support@example.org");
        services = collection.BuildServiceProvider();
    }

    private EmailTemplates Templates => services.GetRequiredService<EmailTemplates>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Preview_IsWrittenByTheHostsRenderer()
    {
        var shown = (SettingsRead<TemplatePreview>.Found)await Templates.PreviewAsync(Jo, new("en"), new("Help for %NAME%", "%LINK%"), TestContext.Current.CancellationToken);

        shown.Value.Message!.Subject.Should().Be("Help for " + TemplateValues.Sample.CustomerName);
        shown.Value.Message.Text.Should().StartWith("https://help.example.org/");
    }

    [Fact]
    public async Task Save_WhatTheHostsRendererRefuses_IsRefused()
    {
        var save = (TemplateSave.BadTemplate)await Templates.SaveAsync(Jo, new("en"), new("Help", "no link"), cancellationToken: TestContext.Current.CancellationToken);

        save.Problems.Should().ContainSingle().Which.Code.Should().Be("link-missing");
        (await Templates.SaveAsync(Jo, new("en"), new("Help", "%LINK%"), cancellationToken: TestContext.Current.CancellationToken)).Should().BeOfType<TemplateSave.Saved>();
    }

    /// <summary>By what is allocated: a host's renderer may stand around the built-in one, and both are asked for each message.</summary>
    [Fact]
    public void Render_ByTheBuiltInOne_CompilesATemplateOnce()
    {
        var renderer = new EmailTemplateRenderer(TemplateNames.BuiltIn, LayoutMarkup.ShippedWords);
        var source = new EmailTemplateSource("Help {{ customer.name }}", EmailTemplateTests.InvitationText);
        renderer.Render(new("warm", "{{ link.url }}"), TemplateValues.Sample);

        var first = Allocated(() => renderer.Render(source, TemplateValues.Sample));
        var again = Allocated(() => renderer.Render(source, TemplateValues.Sample));

        again.Should().BeLessThan(first / 3);
    }

    private static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The language of a product that had percent signs before it had this library.</summary>
    private sealed class PercentSigns : IEmailTemplateRenderer
    {
        public IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null) => template.Text.Contains("%LINK%", StringComparison.Ordinal)
            ? []
            : [new(TemplatePart.Text, 1, 1, TemplateProblemSeverity.Error, "link-missing", "The link is missing.", "Write %LINK%.")];

        public RenderedEmail Render(EmailTemplateSource template, TemplateValues values) => new(
            template.Subject.Replace("%NAME%", values.CustomerName, StringComparison.Ordinal),
            template.Text.Replace("%LINK%", values.LinkUrl, StringComparison.Ordinal),
            html: null);
    }
}
