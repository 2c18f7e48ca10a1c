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
        if (!SessionCredential.TryParseLink(await File.ReadAllTextAsync("session.link"), out var credential, out var problem))
            return $"This is no link: {problem}";
        if (await applet.JoinAsync(credential, AppletInstance.Create()) is not Joined { Session: var session })
            return "The link is no longer good.";
        await session.ReadyAsync(CustomerMachine.Detect());
        var beating = session.KeepAliveAsync(stop);
        await foreach (var happening in session.WatchAsync(stop))
        {
            if (happening is StatusReported { Status: SessionStatus.Active, HandOverSecret: { } secret })
                Connect(secret);   // your remote control; the technician's side has the same secret
        }

        return "The session is over.";
    }

    private static void Connect(string secret) => ArgumentException.ThrowIfNullOrEmpty(secret);
}
