using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A product whose administrators write in another language than Scriban's.</summary>
public sealed class HostRendererTests : IDisposable
{
    private static readonly Technician Jo = new("jo", "Jo") { Groups = ["admins"], Email = "jo@example.org" };

    private readonly LoggedLines lines = new();
    private readonly ServiceProvider services;

    public HostRendererTests()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IEmailTemplateRenderer, PercentSigns>();
        collection.AddLogging(logging => logging.AddProvider(lines));
        collection.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Permissions.Groups.Add(new() { Name = "admins", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddEmail(options => options.SenderAddress = "support@example.org").UseSmtp(options => options.Host = "mail.example.org");
        services = collection.BuildServiceProvider();
    }

    private EmailTemplates Templates => services.GetRequiredService<EmailTemplates>();

    public void Dispose()
    {
        services.Dispose();
        lines.Dispose();
    }

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

    [Fact]
    public async Task Invite_Resend_AndExamples_ByARendererThatCannotRender_SayWhatItSays()
    {
        var invitations = services.GetRequiredService<EmailInvitations>();
        var session = new NewSession("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } };
        (await Templates.SaveAsync(Jo, new("en"), new("Help", "%LINK%"), cancellationToken: TestContext.Current.CancellationToken)).Should().BeOfType<TemplateSave.Saved>();
        var created = (CreateSessionResult.Created)(await invitations.InviteAsync(Jo, session, TestContext.Current.CancellationToken)).Outcome;
        (await Templates.SaveAsync(Jo, new("en"), new("Help", "%LINK% %FAIL%"), cancellationToken: TestContext.Current.CancellationToken)).Should().BeOfType<TemplateSave.Saved>();

        var invite = await invitations.InviteAsync(Jo, session, TestContext.Current.CancellationToken);
        var resend = await invitations.ResendAsync(Jo, created.Session.Id, null, TestContext.Current.CancellationToken);
        var preview = await Templates.PreviewAsync(Jo, new("en"), new("Help", "%LINK% %FAIL%"), TestContext.Current.CancellationToken);

        Refusal.NotWritten said = new("%FAIL% is unknown.");
        invite.Outcome.Should().Be(new CreateSessionResult.Refused(said));
        resend.Outcome.Should().Be(new SessionResult.Refused(said));
        preview.Should().BeOfType<SettingsRead<TemplatePreview>.Found>().Which.Value.NotWritten.Should().Be(said.Reason);
        var told = lines.Of("Rescue.Sessions.Email").Where(line => line.Id == 109).ToList();
        told.Should().HaveCount(3).And.AllSatisfy(line => line.Failure!.ToString().Should().Contain(nameof(PercentSigns), "who mends the renderer has to know where it fails"));
    }

    [Fact]
    public async Task Invite_WithNoTemplateInTheHostsLanguage_IsAnAnswer()
    {
        var session = new NewSession("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } };

        var invite = await services.GetRequiredService<EmailInvitations>().InviteAsync(Jo, session, TestContext.Current.CancellationToken);

        invite.Outcome.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.NotWritten>().Which.Reason.Should().Contain("link-missing");
    }

    [Fact]
    public async Task SendTest_ThatCannotBeWritten_TakesNothingFromTheLimit()
    {
        for (var times = 0; times < 12; times++)
        {
            var test = await Templates.SendTestAsync(Jo, new("en"), new("Help", "%LINK% %FAIL%"), TestContext.Current.CancellationToken);
            test.Should().BeOfType<TemplateTest.Refused>().Which.Reason.Should().BeOfType<Refusal.NotWritten>();
        }
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

        public RenderedEmail Render(EmailTemplateSource template, TemplateValues values) => template.Text.Contains("%FAIL%", StringComparison.Ordinal) ? throw new InvalidOperationException("%FAIL% is unknown.") : new(
            template.Subject.Replace("%NAME%", values.CustomerName, StringComparison.Ordinal),
            template.Text.Replace("%LINK%", values.LinkUrl, StringComparison.Ordinal),
            html: null);
    }
}
