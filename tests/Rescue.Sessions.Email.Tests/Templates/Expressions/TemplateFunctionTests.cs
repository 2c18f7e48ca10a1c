using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplateFunctionTests
{
    public static TheoryData<string> Names { get; } = [.. TemplateFunction.All.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_EveryFunction_PrintsWhatIsSaid(string name)
    {
        var function = TemplateFunction.All.Single(function => function.Name == name);

        var template = EmailTemplateTests.Accept(new("x", $"{{{{ {function.Example} }}}}\n{{{{ link.url }}}}"));

        template.Render(TemplateValues.Sample).Text.Should().StartWith(function.Output + "\n");
    }

    [Fact]
    public void All_BeginWithTheWordsThatNamesMayNot() =>
        TemplateFunction.All.Select(function => function.Name.Split('.')[0]).Distinct().Should().BeEquivalentTo(TemplateNames.OfFunctions);

    [Theory]
    [InlineData("")]
    [InlineData("fr")]
    public void Meaning_EveryFunction_ExistsInTheLanguageItself(string language)
    {
        var meanings = new ResourceManager("Rescue.Sessions.Email.Templates.TemplateFunctionMeanings", typeof(TemplateFunction).Assembly);
        var own = meanings.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;

        foreach (var function in TemplateFunction.All)
            function.Meaning(CultureInfo.GetCultureInfo(language)).Should().Be(own.GetString(function.Name)).And.NotBeNullOrWhiteSpace();
    }
}
