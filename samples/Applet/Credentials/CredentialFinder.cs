using Rescue.Sessions.Applet.Credentials;
using RescueApplet.Arguments;
using RescueApplet.Languages;

namespace RescueApplet.Credentials;

/// <summary>
/// Finds what to join with: on the command line, else in the link file beside the program, else by asking. Says what is wrong in plain
/// words, and then finds nothing.
/// </summary>
sealed class CredentialFinder(AppletArguments arguments, string programFolder, Terminal terminal)
{
    const string LinkFile = "session.link";
    const int Tries = 5;

    Uri? _server;

    public async Task<FoundCredential?> FindAsync(CancellationToken ct)
    {
        if (arguments.Server is not null && !ServerAddress.TryParse(arguments.Server, out _server, out var problem))
            return Say(problem == CredentialProblem.Insecure ? Texts.AddressInsecure : Texts.ServerNotUnderstood);

        var beside = Path.Combine(programFolder, LinkFile);
        return arguments.Code switch
        {
            null when arguments.Server is null && File.Exists(beside) => await FromFileAsync(beside, ct),
            null => await AskAsync(ct),
            var code when IsLink(code) => await FromLinkAsync(code, null, ct),
            var code when IsPin(code) => await FromPinAsync(code, typed: false, ct),
            var path => await FromFileAsync(path, ct)
        };
    }

    /// <summary>Asks for a PIN or a link until one makes sense, a few times.</summary>
    public async Task<FoundCredential?> AskAsync(CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await terminal.AskAsync(Texts.AskCode, ct) is not { } typed)
                break;

            if (IsLink(typed) && SessionCredential.TryParseLink(typed, out var credential, out var problem))
                return new FoundCredential(credential, null, Typed: true);
            if (IsPin(typed) && await FromPinAsync(typed, typed: true, ct) is { } found)
                return found;
            if (!IsPin(typed))
                terminal.Say(Texts.CodeNotUnderstood);
        }

        return Say(Texts.CodeMissing);
    }

    async Task<FoundCredential?> FromFileAsync(string path, CancellationToken ct)
    {
        try
        {
            return await FromLinkAsync(await File.ReadAllTextAsync(path, ct), Path.GetDirectoryName(Path.GetFullPath(path)), ct);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Say(Texts.Format(Texts.LinkFileUnreadable, Path.GetFileName(path)));
        }
    }

    async Task<FoundCredential?> FromLinkAsync(string text, string? folder, CancellationToken ct)
    {
        if (SessionCredential.TryParseLink(text, out var credential, out var problem))
            return new FoundCredential(credential, folder, Typed: false);

        // A link without a code still tells where the server is.
        if (problem == CredentialProblem.CodeMissing && ServerAddress.TryParse(text, out _server, out problem))
            return await AskAsync(ct);

        return Say(problem == CredentialProblem.Insecure ? Texts.AddressInsecure : Texts.LinkDamaged);
    }

    async Task<FoundCredential?> FromPinAsync(string pin, bool typed, CancellationToken ct)
    {
        _server ??= await AskServerAsync(ct);
        if (_server is null)
            return null;
        if (SessionCredential.TryParsePin(pin, _server, out var credential, out _))
            return new FoundCredential(credential, null, typed);

        return Say(Texts.CodeNotUnderstood);
    }

    async Task<Uri?> AskServerAsync(CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await terminal.AskAsync(Texts.AskServer, ct) is not { } typed)
                break;
            if (ServerAddress.TryParse(typed, out var server, out var problem))
                return server;
            terminal.Say(problem == CredentialProblem.Insecure ? Texts.AddressInsecure : Texts.ServerNotUnderstood);
        }

        return null;
    }

    static bool IsLink(string text) => text.Contains("://", StringComparison.Ordinal);

    static bool IsPin(string text) => text.Any(char.IsAsciiDigit) && !text.Any(char.IsLetter) && !text.Any(c => c is '/' or '\\' or '.');

    FoundCredential? Say(string line)
    {
        terminal.Say(line);
        return null;
    }
}
