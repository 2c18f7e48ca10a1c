using System.Text;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>
/// Makes hostile templates: first every shape, alone and repeated up to each size, in the text, in the HTML and in all parts at once; then
/// mutants without end. The number of an attack and the seed make the template, whatever was made before it, so that one can be repeated alone.
/// </summary>
internal sealed class TemplateAttack(int seed)
{
    /// <summary>The most that a part may have, in bytes of UTF-8 (docs/templates.md).</summary>
    private const int LargestAccepted = 64 * 1024;

    private const int Oversized = 1024 * 1024;

    private const string Subject = "{{ technician.name ?? 'Support' }}";
    private const string Text = "{{ link.url }}";

    private const int Placements = 3;

    private static readonly int[] Sizes = [1, 4 * 1024, LargestAccepted, Oversized];

    private static readonly string[] Starts = ["", "{{ link.url }} ", "{{ link.url }} {{ ", "{{ link.url }}<p title=\"", "{{ link.url }} {{ if "];

    private static readonly string[] Pieces = [.. TemplateShapes.OfThisLanguage, .. TemplateShapes.OfOtherEngines];

    private static readonly string[] Parents =
    [
        .. TemplateShapes.Accepted, .. TemplateShapes.Accepted, .. TemplateShapes.OfReferenceCases, .. Pieces,
        .. new[] { "en", "fr" }.Select(language => InvitationMessages.For(language)).SelectMany(message => new[] { message.Subject, message.Text }),
    ];

    /// <summary>How many attacks there are before the mutants: each piece after each beginning, at each size and place.</summary>
    public static int ShapeCount => Pieces.Length * Starts.Length * Sizes.Length * Placements;

    /// <summary>The template of a number: below <see cref="ShapeCount"/> a shape, from there on a mutant.</summary>
    public EmailTemplateSource Make(int number) => number < ShapeCount ? MakeShape(number) : MakeMutant(number);

    private static EmailTemplateSource MakeShape(int number)
    {
        var (rest, placement) = Math.DivRem(number, Placements);
        (rest, var start) = Math.DivRem(rest, Starts.Length);
        var (piece, size) = Math.DivRem(rest, Sizes.Length);
        var shape = Repeat(Starts[start], Pieces[piece], Sizes[size]);
        return placement switch
        {
            0 => new(Subject, shape),
            1 => new(Subject, Text, shape),
            _ => new(shape, shape, shape),
        };
    }

    private EmailTemplateSource MakeMutant(int number)
    {
        var random = new Random(unchecked((seed * 486187739) + number));
        var mutator = new TemplateMutator(random, Parents, Pieces);
        var subject = random.Next(4) == 0 ? mutator.Make(MostFor(random)) : Subject;
        var text = random.Next(3) == 0 ? Accepted(random) : mutator.Make(MostFor(random));
        var html = random.Next(3) switch
        {
            0 => null,
            1 => Accepted(random),
            _ => mutator.Make(MostFor(random)),
        };
        return new(subject, text, html);
    }

    private static string Accepted(Random random) => TemplateShapes.Accepted[random.Next(TemplateShapes.Accepted.Count)];

    /// <summary>Most mutants are small, because small ones say the most in a second; some are as large as can be.</summary>
    private static int MostFor(Random random) => random.Next(1000) switch
    {
        0 => Oversized,
        < 10 => LargestAccepted,
        < 100 => 4 * 1024,
        _ => 512,
    };

    private static string Repeat(string start, string piece, int bytes)
    {
        var builder = new StringBuilder(start).Append(piece);
        var step = Encoding.UTF8.GetByteCount(piece);
        for (var length = Encoding.UTF8.GetByteCount(start) + step; length + step <= bytes; length += step)
            builder.Append(piece);
        return builder.ToString();
    }
}
