using System.Buffers;
using System.Text;
using HandlebarsDotNet;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>P3: subject, text and HTML to UTF-8 in a buffer that is used again, both sides compiled beforehand.</summary>
sealed class TemplateRendering : IFigure
{
    private static readonly TemplateValues Values = TemplateValues.Sample;

    public string Name => "p3";

    public string Promise => "render subject, text and HTML to UTF-8 / Handlebars.Net compiled: at most 0.5 of its time, no allocation";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var ourBytes = new ArrayBufferWriter<byte>(64 * 1024);
        var template = CompileOurs();
        var ours = Contender.Of("ours", () =>
        {
            ourBytes.ResetWrittenCount();
            template.WriteSubject(Values, ourBytes);
            template.WriteText(Values, ourBytes);
            template.WriteHtml(Values, ourBytes);
        });

        using var theirBytes = new MemoryStream(64 * 1024);
        using var writer = new StreamWriter(theirBytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var parts = CompileTheirs();
        var context = Context();
        var theirs = Contender.Of("Handlebars.Net", () =>
        {
            theirBytes.SetLength(0);
            foreach (var part in parts) part(writer, context);
            writer.Flush();
        });

        await (await ours.Prepare(1))();
        await (await theirs.Prepare(1))();
        if (!ourBytes.WrittenSpan.SequenceEqual(theirBytes.GetBuffer().AsSpan(0, (int)theirBytes.Length)))
            throw new InvalidOperationException("The two do not render the same message, so their times say nothing.");
        output.WriteLine($"both render the same {ourBytes.WrittenCount} bytes");

        var run = new PairedRun(output);
        var ratio = await run.MeasureRatioAsync(ours, theirs);
        var allocated = await PairedRun.MeasureAllocationAsync(ours);
        output.WriteLine($"Handlebars.Net allocates {await PairedRun.MeasureAllocationAsync(theirs)} bytes a message");
        return run.AtMost("median ratio of time", ratio, 0.5) & run.AtMost("bytes allocated a message", allocated, 0);
    }

    private static EmailTemplate CompileOurs()
    {
        var invitation = Invitation.In(Dialect.Ours);
        var check = EmailTemplate.Check(new(invitation.Subject, invitation.Text, invitation.Html));
        return check.Template ?? throw new InvalidOperationException($"The invitation is refused: {check.Problems[0].Message}");
    }

    private static HandlebarsTemplate<TextWriter, object, object>[] CompileTheirs()
    {
        // The newer encoder encodes more than HTML needs; this one does what ours does.
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlEncoderLegacy() });
        var invitation = Invitation.In(Dialect.Handlebars);
        return [.. new[] { invitation.Subject, invitation.Text, invitation.Html }.Select(part => handlebars.Compile(new StringReader(part)))];
    }

    private static object Context() => new
    {
        customer = new { name = Values.CustomerName },
        technician = new { name = Values.TechnicianName, email = Values.TechnicianEmail },
        organization = new { name = Values.OrganizationName },
        link = new { url = Values.LinkUrl, expires_at = Values.LinkExpiresAt, minutes_left = Values.LinkMinutesLeft },
        pin = new { code = Values.PinCode },
        session = new { reference = Values.SessionReference },
        device = new { platform = Values.DevicePlatform, mobile = Values.DeviceMobile },
    };
}
