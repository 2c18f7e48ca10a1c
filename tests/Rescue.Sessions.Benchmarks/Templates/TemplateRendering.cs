using HandlebarsDotNet;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>P3: subject, text and HTML to strings, both sides compiled beforehand.</summary>
internal sealed class TemplateRendering : IFigure
{
    private static readonly TemplateValues Values = TemplateValues.Sample;

    public string Name => "p3";

    public string Title => "rendering a template";

    public string Promise => "render subject, text and HTML to strings / Handlebars.Net compiled: at most 1.0 of its time";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var template = CompileOurs();
        RenderedEmail? message = null;
        var ours = Contender.Of("ours", () => { message = template.Render(Values); });

        var parts = CompileTheirs();
        var context = Context();
        string[] words = [];
        var theirs = Contender.Of("Handlebars.Net", () => { words = [.. parts.Select(part => part(context))]; });

        await (await ours.Prepare(1))();
        await (await theirs.Prepare(1))();
        if (!words.SequenceEqual([message!.Subject, message.Text, message.Html!]))
            throw new InvalidOperationException("The two do not render the same message, so their times say nothing.");
        output.WriteLine($"both render the same {words.Sum(part => part.Length)} characters");

        var run = new PairedRun(output);
        var ratio = await run.MeasureRatioAsync(ours, theirs);
        output.WriteLine($"ours allocates {await PairedRun.MeasureAllocationAsync(ours)} bytes a message, Handlebars.Net {await PairedRun.MeasureAllocationAsync(theirs)}");
        return run.AtMost("median ratio of time", ratio, 1.0);
    }

    private static EmailTemplate CompileOurs()
    {
        var invitation = Invitation.In(Dialect.Ours);
        var template = EmailTemplate.Check(new(invitation.Subject, invitation.Text, invitation.Html));
        return template.Error is null ? template : throw new InvalidOperationException($"The invitation is refused: {template.Error.Message}");
    }

    private static HandlebarsTemplate<object, object>[] CompileTheirs()
    {
        // The newer encoder encodes more than HTML needs; this one does what ours does.
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlEncoderLegacy() });
        var invitation = Invitation.In(Dialect.Handlebars);
        return [.. new[] { invitation.Subject, invitation.Text, invitation.Html }.Select(part => handlebars.Compile(part))];
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
