using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Messages;

public sealed class InvitationMessagesTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void For_BuiltInLanguage_HasNoProblem(string language)
    {
        var source = InvitationMessages.For(language);

        source.Language.Should().Be(language);
        EmailTemplate.Check(source).Problems.Should().BeEmpty();
        var m = EmailTemplate.Check(source).Template!.Render(TemplateValues.Sample);
        TestContext.Current.TestOutputHelper!.WriteLine(m.Subject + "\n" + m.Text + "\n" + m.Html);
    }
}
