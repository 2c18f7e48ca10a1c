using System.Buffers;
using System.Text;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplateProgramTests
{
    [Theory]
    [MemberData(nameof(ReferenceCases.All), MemberType = typeof(ReferenceCases))]
    public void Write_ReferenceCase_PrintsWhatScribanPrints(ReferenceCase reference)
    {
        var problems = new ProblemCollector(null);
        var program = new TemplateCompiler(TemplatePart.Text, reference.Template, problems).Compile();
        problems.Problems.Should().BeEmpty();

        var buffer = new ArrayBufferWriter<byte>();
        program.Write(ReferenceCases.Model(reference.Model), buffer);

        Encoding.UTF8.GetString(buffer.WrittenSpan).Should().Be(reference.Output);
    }

    [Fact]
    public void ReferenceCases_File_HasAllCases() => ReferenceCases.All.Should().HaveCount(150);
}
