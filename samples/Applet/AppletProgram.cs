using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Joining;
using RescueApplet.Arguments;
using RescueApplet.Credentials;
using RescueApplet.Languages;
using RescueApplet.Sessions;

namespace RescueApplet;

/// <summary>The program from its first word to its exit code.</summary>
/// <param name="applet">The customer's side of sessions.</param>
/// <param name="terminal">The customer's window.</param>
/// <param name="programFolder">Where the program lies, and a link file beside it.</param>
/// <param name="time">The clock.</param>
/// <param name="dataFolder">Where this user's notes are kept; the user's local data when absent.</param>
internal sealed class AppletProgram(SupportApplet applet, Terminal terminal, string programFolder, TimeProvider time, string? dataFolder = null)
{
    private const int PinTries = 3;

    private bool _unanswered;

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        var arguments = AppletArguments.Parse(words);
        if (arguments.Language is { } language)
            Language.Use(language);
        if (arguments.Problem is { } problem)
            return Say(problem, ExitCode.Usage);
        if (arguments.Help)
            return Say(Texts.Help, ExitCode.Done);

        try
        {
            return await JoinAsync(arguments, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Say(Texts.Stopped, _unanswered ? ExitCode.Unreachable : ExitCode.Done);
        }
    }

    private async Task<ExitCode> JoinAsync(AppletArguments arguments, CancellationToken stop)
    {
        var finder = new CredentialFinder(arguments, programFolder, terminal);
        var found = await finder.FindAsync(stop);
        for (var attempt = 1; found.Count > 0; attempt++)
        {
            var (result, typed) = await JoinFirstLiveAsync(found, stop);
            if (result is Joined joined)
                return await ConverseAsync(joined, arguments, stop);

            var (line, code) = RefusalWording.Of((JoinRefused)result);
            if (!typed || code != ExitCode.CodeNotAccepted || attempt == PinTries)
                return Say(line, code);

            terminal.Say(line);
            found = await finder.AskAsync(stop);
        }

        return ExitCode.CodeNotAccepted;
    }

    // Of several links the newest comes first; one that is over leads to the next.
    private async Task<(JoinResult Result, bool Typed)> JoinFirstLiveAsync(IReadOnlyList<FoundCredential> found, CancellationToken stop)
    {
        for (var at = 0; ; at++)
        {
            var candidate = found[at];
            if (found.Count > 1)
                terminal.Say(Texts.Format(Texts.LinkFileUsed, candidate.FileName, candidate.SavedAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm")));

            var (instance, isKept) = new InstanceFile([dataFolder ?? InstanceFile.LocalData(), candidate.Folder, programFolder]).Open(candidate.Credential.Server);
            terminal.Say(Texts.Format(Texts.Connecting, candidate.Credential.Server.Authority));
            var result = await applet.JoinUntilAnsweredAsync(candidate.Credential, instance, nothing => SayUnanswered(candidate, nothing), stop);
            _unanswered = false;
            if (result is Joined && !isKept)
                terminal.Say(Texts.NotKept);
            if (result is Joined || at == found.Count - 1 || !RefusalWording.IsOver((JoinRefused)result))
                return (result, candidate.Typed);
        }
    }

    private void SayUnanswered(FoundCredential candidate, JoinUnanswered nothing)
    {
        _unanswered = true;
        terminal.SayOnce(nothing.IsIntercepted ? Texts.Intercepted : Texts.Format(Texts.WaitingForServer, candidate.Credential.Server.Authority));
    }

    private async Task<ExitCode> ConverseAsync(Joined joined, AppletArguments arguments, CancellationToken stop)
    {
        if (!string.IsNullOrWhiteSpace(joined.Technician))
            terminal.Say(Texts.Format(Texts.JoinedNamed, joined.Technician));
        return await new SessionConversation(joined.Session, terminal, time).RunAsync(joined.Terms, arguments.LeaveOnEof, stop);
    }

    private ExitCode Say(string line, ExitCode code)
    {
        terminal.Say(line);
        return code;
    }
}
