namespace RescueApplet;

/// <summary>The customer's window: whole lines out, whole lines in.</summary>
sealed class Terminal(TextReader input, TextWriter output)
{
    string? _said;

    public void Say(string line)
    {
        _said = line;
        output.WriteLine(line);
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
        var answer = await AskAsync(Languages.Texts.TermsQuestion, ct);
        return string.Equals(answer?.Trim(), Languages.Texts.TermsYes, StringComparison.CurrentCultureIgnoreCase);
    }

    public async Task WaitForEndOfInputAsync(CancellationToken ct)
    {
        while (await ReadAsync(ct) is not null)
        {
            // What is typed during a session has no meaning.
        }
    }

    // A console's reader blocks whatever it is asked for, hence the thread of its own.
    async Task<string?> ReadAsync(CancellationToken ct) => await Task.Run(input.ReadLine, ct).WaitAsync(ct);
}
