using System.Globalization;
using RescueApplet.Languages;

namespace RescueApplet.Arguments;

/// <summary>What the program was started with.</summary>
internal sealed record AppletArguments
{
    /// <summary>A link, a PIN or the path of a link file; null to look beside the program.</summary>
    public string? Code { get; private init; }

    public string? Server { get; private init; }

    public CultureInfo? Language { get; private init; }

    public bool LeaveOnEof { get; private init; }

    public bool Help { get; private init; }

    /// <summary>What is wrong, in plain words; null when the rest can be used.</summary>
    public string? Problem { get; private init; }

    public static AppletArguments Parse(IReadOnlyList<string> words)
    {
        var parsed = new AppletArguments();
        for (var at = 0; at < words.Count && parsed.Problem is null; at++)
        {
            var word = words[at];
            parsed = word switch
            {
                "--help" or "-help" or "-h" or "-?" or "/?" or "/h" or "/help" or "help" => parsed with { Help = true },
                "--leave-on-eof" => parsed with { LeaveOnEof = true },
                "--server" or "--language" or "--pin" or "--link" when at + 1 == words.Count => parsed.Wrong(Texts.OptionNeedsValue, word),
                "--server" => parsed with { Server = words[++at] },
                "--language" => parsed.InLanguage(words[++at]),
                "--pin" or "--link" => parsed.WithCode(words[++at]),
                _ when word.StartsWith('-') => parsed.Wrong(Texts.OptionUnknown, word),
                _ => parsed.WithCode(word)
            };
        }

        return parsed;
    }

    private AppletArguments WithCode(string word) => Code is null ? this with { Code = word } : Wrong(Texts.OptionTooMany, "");

    private AppletArguments InLanguage(string name) =>
        Languages.Language.TryParse(name, out var culture) ? this with { Language = culture } : Wrong(Texts.LanguageUnknown, name);

    private AppletArguments Wrong(string text, string word) => this with { Problem = Texts.Format(text, word) };
}
