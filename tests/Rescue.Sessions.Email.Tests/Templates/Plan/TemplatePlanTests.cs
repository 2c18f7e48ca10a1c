using System.Globalization;
using System.Text;
using CsCheck;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplatePlanTests
{
    [Theory]
    [MemberData(nameof(ReferenceCases.All), MemberType = typeof(ReferenceCases))]
    public void Write_ReferenceCase_PrintsWhatScribanPrints(ReferenceCase reference) =>
        Render(reference.Template, ReferenceCases.Model(reference.Model)).Should().Be(reference.Output);

    [Theory]
    [MemberData(nameof(ReferenceCases.All), MemberType = typeof(ReferenceCases))]
    public void ScribanItself_ReferenceCase_PrintsTheSameStill(ReferenceCase reference) =>
        ScribanItself.Render(reference.Template, ReferenceCases.Model(reference.Model)).Should().Be(reference.Output);

    [Fact]
    public void Write_RandomTemplate_PrintsWhatScribanItselfPrints() =>
        Gen.Select(TemplateGenerator.Template, TemplateGenerator.Values).Sample(
            (source, values) => Render(source, values).Should().Be(ScribanItself.Render(source, values)),
            iter: 5_000,
            print: sample => sample.Item1);

    [Theory]
    [InlineData("{{ greeting = 'Dear ' + customer.name; greeting }}", "Dear Ada Lovelace")]
    [InlineData("{{ case device.platform; when 'ios', 'macos' }}Apple{{ else }}other{{ end }}", "Apple")]
    [InlineData("{{ if (customer.name | string.size) > 5 }}long{{ else }}short{{ end }}", "long")]
    [InlineData("{{ $\"{customer.name}!\" }}", "Ada Lovelace!")]
    [InlineData("{{ link.expires | date.to_string '%H:%M' }}", "20:15")]
    [InlineData("{%{{{ customer.name }}}%}", "{{ customer.name }}")]
    [InlineData("{{ 2 + 3 * 4 }}", "14")]
    public void Write_MoreThanNames_PrintsWhatScribanItselfPrints(string source, string printed)
    {
        Render(source, TemplateValues.Sample).Should().Be(printed);
        ScribanItself.Render(source, TemplateValues.Sample).Should().Be(printed);
    }

    [Fact]
    public void ReferenceCases_File_HasAllCases() => ReferenceCases.All.Should().HaveCount(150);

    private static string Render(string source, TemplateValues values)
    {
        var problems = new ProblemCollector(null);
        var plan = new TemplateCompiler(TemplatePart.Text, source, TemplateNames.BuiltIn, CultureInfo.InvariantCulture, problems).Compile();
        // Most of these templates put the link anywhere.
        problems.Problems.Where(problem => problem.Code != TemplateProblemKind.LinkTouched.Code).Should().BeEmpty();

        var rendered = plan.Render(values);
        ((long)Encoding.UTF8.GetByteCount(rendered)).Should().BeLessThanOrEqualTo(plan.MaxBytes);
        return rendered;
    }
}
