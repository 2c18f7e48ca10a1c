namespace Rescue.Sessions.Email.Templates;

public sealed class EmailTemplateRendererTests
{
    private readonly EmailTemplateRenderer renderer = new(TemplateNames.BuiltIn, Languages.MailWords.Shipped);

    [Fact]
    public void Render_SoundTemplate_IsWhatTheTemplateRenders()
    {
        var source = new EmailTemplateSource("Help {{ customer.name }}", EmailTemplateTests.InvitationText);

        var message = renderer.Render(source, TemplateValues.Sample);

        message.Should().BeEquivalentTo(EmailTemplateTests.Accept(source).Render(TemplateValues.Sample));
        renderer.Render(source with { Subject = "Other" }, TemplateValues.Sample).Subject.Should().Be("Other");
    }

    [Fact]
    public void Render_ManyTemplates_StaysRight()
    {
        for (var number = 0; number < 200; number++)
            renderer.Render(new($"Help {number}", "{{ link.url }}"), TemplateValues.Sample).Subject.Should().Be($"Help {number}");
    }

    [Fact]
    public void Render_BadTemplate_NamesTheFirstErrorWithoutTheText()
    {
        var act = () => renderer.Render(new("x", "secret {{ nobody }}"), TemplateValues.Sample);

        act.Should().Throw<InvalidOperationException>().WithMessage("*Text*line 1*link-missing*saved*").Which.Message.Should().NotContain("secret");
    }
}
