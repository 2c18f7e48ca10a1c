using Rescue.Sessions.Applet.Credentials;
using RescueApplet.Arguments;
using RescueApplet.Languages;

namespace RescueApplet.Credentials;

/// <summary>
/// Finds what to join with: on the command line, else in the link files beside the program, else by asking. Says what is wrong in plain
/// words, and then finds nothing.
/// </summary>
internal sealed class CredentialFinder(AppletArguments arguments, string programFolder, Terminal terminal)
{
    private const int Tries = 5;

    private Uri? _server;

    public async Task<IReadOnlyList<FoundCredential>> FindAsync(CancellationToken ct)
    {
        if (arguments.Server is not null && !ServerAddress.TryParse(arguments.Server, out _server, out var problem))
            return Say(problem == CredentialProblem.Insecure ? Texts.AddressInsecure : Texts.ServerNotUnderstood);

        return arguments.Code switch
        {
            null when arguments.Server is null => await BesideAsync(ct),
            null => await AskAsync(ct),
            var code when IsLink(code) => await FromLinkAsync(code, null, ct),
            var code when SessionCredential.IsPin(code) => await FromPinAsync(code, typed: false, ct),
            var path => await FromFileAsync(path, ct)
        };
    }

    /// <summary>Asks for a PIN or a link until one makes sense, a few times.</summary>
    public async Task<IReadOnlyList<FoundCredential>> AskAsync(CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await terminal.AskAsync(Texts.AskCode, ct) is not { } typed)
                break;

            if (SessionCredential.IsPin(typed))
                return await FromPinAsync(typed, typed: true, ct);
            if (SessionCredential.TryParseLink(typed, out var credential, out var problem))
                return [new FoundCredential(credential, null, Typed: true)];
            terminal.Say(IsLink(typed) ? WordingOf(problem) : Texts.CodeNotUnderstood);
        }

        return Say(Texts.CodeMissing);
    }

    private async Task<IReadOnlyList<FoundCredential>> BesideAsync(CancellationToken ct)
    {
        if (LinkFiles.WithCode(programFolder) is { Count: > 0 } found)
            return found;
        return (LinkFiles.WithoutCode(programFolder) ?? LinkFiles.Any(programFolder)) is { } text ? await FromLinkAsync(text, programFolder, ct) : await AskAsync(ct);
    }

    private async Task<IReadOnlyList<FoundCredential>> FromFileAsync(string path, CancellationToken ct)
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

    private async Task<IReadOnlyList<FoundCredential>> FromLinkAsync(string text, string? folder, CancellationToken ct)
    {
        if (SessionCredential.TryParseLink(text, out var credential, out var problem))
            return [new FoundCredential(credential, folder, Typed: false)];

        // A link without a code still tells where the server is.
        if (problem == CredentialProblem.CodeMissing && ServerAddress.TryParse(text, out _server, out problem))
            return await AskAsync(ct);

        return Say(WordingOf(problem));
    }

    private async Task<IReadOnlyList<FoundCredential>> FromPinAsync(string pin, bool typed, CancellationToken ct)
    {
        _server ??= await AskServerAsync(ct);
        if (_server is null)
            return [];
        return SessionCredential.TryParsePin(pin, _server, out var credential, out _)
            ? [new FoundCredential(credential, null, typed)]
            : Say(Texts.CodeNotUnderstood);
    }

    private async Task<Uri?> AskServerAsync(CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await terminal.AskAsync(Texts.AskServer, ct) is not { } typed)
                break;
            if (ServerAddress.TryParse(typed, out var server, out var problem))
                return server;
            terminal.Say(
                problem == CredentialProblem.Insecure ? Texts.AddressInsecure
                : SessionCredential.IsPin(typed) ? Texts.PinIsNoAddress
                : Texts.ServerNotUnderstood);
        }

        return null;
    }

    private static string WordingOf(CredentialProblem problem) => problem == CredentialProblem.Insecure ? Texts.AddressInsecure : Texts.LinkDamaged;

    private static bool IsLink(string text) => text.Contains("://", StringComparison.Ordinal);

    private IReadOnlyList<FoundCredential> Say(string line)
    {
        terminal.Say(line);
        return [];
    }
}
