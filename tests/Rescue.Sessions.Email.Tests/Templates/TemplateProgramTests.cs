using System.Buffers;
using System.Text;
using CsCheck;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplateProgramTests
{
    [Theory]
    [MemberData(nameof(ReferenceCases.All), MemberType = typeof(ReferenceCases))]
    public void Write_ReferenceCase_PrintsWhatScribanPrints(ReferenceCase reference)
    {
        Render(reference.Template, ReferenceCases.Model(reference.Model)).Should().Be(reference.Output);
    }

    [Theory]
    [MemberData(nameof(ReferenceCases.All), MemberType = typeof(ReferenceCases))]
    public void NaiveRenderer_ReferenceCase_PrintsWhatScribanPrints(ReferenceCase reference)
    {
        NaiveRenderer.Render(reference.Template, ReferenceCases.Model(reference.Model).ValueOf).Should().Be(reference.Output);
    }

    [Fact]
    public void Write_RandomTemplate_PrintsWhatTheNaiveRendererPrints() =>
        Gen.Select(TemplateGenerator.Template, TemplateGenerator.Values).Sample(
            (source, values) => Render(source, values).Should().Be(NaiveRenderer.Render(source, values.ValueOf)),
            iter: 10_000,
            print: sample => sample.Item1);

    [Fact]
    public void ReferenceCases_File_HasAllCases() => ReferenceCases.All.Should().HaveCount(150);

    private static string Render(string source, TemplateValues values)
    {
        var problems = new ProblemCollector(null);
        using var compiler = new TemplateCompiler(TemplatePart.Text, source, problems);
        var program = compiler.Compile();
        problems.Problems.Should().BeEmpty();

        var buffer = new ArrayBufferWriter<byte>();
        program.Write(values, buffer);
        ((long)buffer.WrittenCount).Should().BeLessThanOrEqualTo(program.MaxBytes);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
