using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Joining;
using RescueApplet.Arguments;
using RescueApplet.Credentials;
using RescueApplet.Languages;
using RescueApplet.Sessions;

namespace RescueApplet;

/// <summary>The program from its first word to its exit code.</summary>
sealed class AppletProgram(SupportApplet applet, Terminal terminal, string programFolder, TimeProvider time)
{
    const int PinTries = 3;

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
            return Say(Texts.Left, ExitCode.Done);
        }
    }

    async Task<ExitCode> JoinAsync(AppletArguments arguments, CancellationToken stop)
    {
        var finder = new CredentialFinder(arguments, programFolder, terminal);
        var found = await finder.FindAsync(stop);
        for (var attempt = 1; found is not null; attempt++)
        {
            var instance = new InstanceFile(found.Folder, InstanceFile.LocalData()).Open();
            terminal.Say(Texts.Format(Texts.Connecting, found.Credential.Server.Authority));
            var result = await applet.JoinAsync(found.Credential, instance, stop);
            if (result is Joined joined)
                return await new SessionConversation(joined.Session, terminal, time).RunAsync(joined.Terms, arguments.LeaveOnEof, stop);

            var (line, code) = RefusalWording.Of(result);
            if (!found.Typed || code != ExitCode.CodeNotAccepted || attempt == PinTries)
                return Say(line, code);

            terminal.Say(line);
            found = await finder.AskAsync(stop);
        }

        return ExitCode.CodeNotAccepted;
    }

    ExitCode Say(string line, ExitCode code)
    {
        terminal.Say(line);
        return code;
    }
}
