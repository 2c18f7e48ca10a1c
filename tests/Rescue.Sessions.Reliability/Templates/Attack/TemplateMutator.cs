using System.Text;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>Damages templates: by tokens, by characters, by bytes, by crossing two of them, and by repeating what came out.</summary>
internal sealed class TemplateMutator(Random random, string[] parents, string[] pieces)
{
    private const int MostChanges = 8;

    /// <summary>A mutant of at most so many characters.</summary>
    public string Make(int most)
    {
        var text = Pick(parents);
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
            text = Change(text, most);
        // Without the link nearly every mutant would be refused for that alone, and none would be rendered.
        if (random.Next(2) == 0)
            text += "\n{{ link.url }}\n";
        return text.Length <= most ? text : text[..most];
    }

    private string Change(string text, int most) => random.Next(9) switch
    {
        0 or 1 => text.Insert(Place(text), Pick(pieces)),
        2 => Cut(text),
        3 => Cross(text, Pick(parents)),
        4 => "{{ if " + Pick(["device.mobile", "technician.name", "!(pin.code == 'x')", "''"]) + " }}" + text + Pick(["{{ end }}", "{{ else }}" + text + "{{ end }}", ""]),
        5 => ChangeCharacter(text),
        6 => ChangeByte(text),
        7 => Multiply(text, most),
        _ => Cross(text, text),
    };

    private string Cut(string text)
    {
        var from = Place(text);
        return text.Remove(from, Math.Min(text.Length - from, random.Next(1, 16)));
    }

    private string Cross(string left, string right) => left[..Place(left)] + right[Place(right)..];

    private string ChangeCharacter(string text)
    {
        var place = Place(text);
        return text[..place] + (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000) + text[Math.Min(text.Length, place + 1)..];
    }

    /// <summary>Changes one bit of the UTF-8, which may leave no UTF-8.</summary>
    private string ChangeByte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Repeats a stretch until the mutant is as long as it may be, or a few times.</summary>
    private string Multiply(string text, int most)
    {
        var from = Place(text);
        var length = Math.Min(text.Length - from, random.Next(1, 64));
        if (length <= 0)
            return text;
        var times = random.Next(2) == 0 ? random.Next(1, 20) : Math.Max(0, most - text.Length) / length;
        return new StringBuilder(text).Insert(from, text.Substring(from, length), Math.Min(times, Math.Max(0, most - text.Length) / length)).ToString();
    }

    private int Place(string text) => random.Next(text.Length + 1);

    private string Pick(string[] choice) => choice[random.Next(choice.Length)];
}
