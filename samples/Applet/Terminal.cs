using System.Globalization;
using RescueApplet.Languages;

namespace RescueApplet;

/// <summary>The customer's window: whole lines out, wrapped at words, and whole lines in.</summary>
/// <param name="input">What the customer types.</param>
/// <param name="output">What the customer reads.</param>
/// <param name="width">The columns of the window; null where there is none, and nothing is wrapped.</param>
internal sealed class Terminal(TextReader input, TextWriter output, Func<int>? width = null)
{
    private const string RightToLeftMark = "\u200F";

    private string? _said;

    public void Say(string text)
    {
        _said = text;
        foreach (var line in text.Split('\n').Select(Harmless).SelectMany(Wrap))
            output.WriteLine(Language.IsRightToLeft && line.Length > 0 ? RightToLeftMark + line : line);
        output.Flush();
    }

    /// <summary>Says a line, if there is one, unless it is the last one said.</summary>
    public void SayOnce(string? line)
    {
        if (line is not null && line != _said)
            Say(line);
    }

    /// <summary>Asks until <paramref name="ct"/>; null when the input has ended.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken ct)
    {
        Say(question);
        return await ReadAsync(ct);
    }

    /// <summary>Shows terms and asks for a yes.</summary>
    public async Task<bool> AgreesAsync(string terms, CancellationToken ct)
    {
        Say(terms);
        var answer = await AskAsync(Texts.TermsQuestion, ct);
        return string.Equals(answer?.Trim(), Texts.TermsYes, StringComparison.CurrentCultureIgnoreCase);
    }

    public async Task WaitForEndOfInputAsync(CancellationToken ct)
    {
        while (await ReadAsync(ct) is not null)
        {
            // What is typed during a session has no meaning.
        }
    }

    // A console's reader blocks whatever it is asked for, hence the thread of its own.
    private async Task<string?> ReadAsync(CancellationToken ct) => await Task.Run(input.ReadLine, ct).WaitAsync(ct);

    // What is shown may come from a server, a file's name or the command line: none of them may steer the window, or turn the words of a line around. Tabs stay, and
    // the isolates that keep a value's direction.
    private static string Harmless(string line) =>
        string.Concat(line.TrimEnd('\r').Where(c => c is not (>= '\u202A' and <= '\u202E')).Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c));

    // A window breaks a line at its last column, which some consoles do one column early. A word that is longer than a line stays whole.
    private IEnumerable<string> Wrap(string line)
    {
        var room = (width?.Invoke() ?? 0) - 1;
        while (room > 0 && LengthOf(line) > room)
        {
            var end = LastSpace(line, room);
            if (end < 0)
                break;
            yield return line[..end].TrimEnd();
            line = line[end..].TrimStart();
        }

        yield return line;
    }

    private static int LastSpace(string line, int room)
    {
        var indent = line.Length - line.TrimStart().Length;
        var last = -1;
        for (var at = line.IndexOf(' ', indent); at >= 0; at = line.IndexOf(' ', at + 1))
        {
            if (last >= 0 && LengthOf(line[..at]) > room)
                break;
            last = at;
        }

        return last;
    }

    private static int LengthOf(string text) => new StringInfo(text).LengthInTextElements;
}
