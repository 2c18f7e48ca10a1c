using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Machines;

namespace Guides.Tests.Snippets;

internal static class AppletReadme
{
    public static async Task<string> RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var applet = new SupportApplet(http);
        var text = await File.ReadAllTextAsync("session.link");
        if (!SessionCredential.TryParseLink(text, out var credential, out var problem)
            && !(problem == CredentialProblem.CodeMissing && ServerAddress.TryParse(text, out var server, out problem)   // the address alone: the page tells the PIN
                && SessionCredential.TryParsePin(AskForPin(), server, out credential, out problem)))
        {
            return $"With this nobody can join: {problem}";
        }

        var instance = AppletInstance.TryParse(ReadKept(), out var kept) ? kept : Keep(AppletInstance.Create());   // the same at each start
        if (await applet.JoinUntilAnsweredAsync(credential, instance.For(credential.Server), _ => Console.WriteLine("No answer yet."), stop) is not Joined { Session: var session })
            return "The link or PIN is not good.";
        if (await session.ReadyAsync(CustomerMachine.Detect()) == AppletAnswer.MobileNotCovered)
            return "Phones and tablets are not supported here. Ask for another link, and open it on a computer.";
        var beating = session.KeepAliveAsync(stop);
        await foreach (var happening in session.WatchAsync(stop))
        {
            if (happening is StatusReported { Status: SessionStatus.Active, HandOverSecret: { } secret })
                Connect(secret);   // your remote control; the technician's side has the same secret
        }

        return "The session is over.";
    }

    private static string? ReadKept() => File.Exists("session.instance") ? File.ReadAllText("session.instance") : null;

    private static AppletInstance Keep(AppletInstance made)
    {
        File.WriteAllText("session.instance", made.Value);
        return made;
    }

    private static string AskForPin() => Console.ReadLine() ?? "";

    private static void Connect(string secret) => ArgumentException.ThrowIfNullOrEmpty(secret);
}
