using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Joining;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>Values the tests share.</summary>
internal static class Known
{
    public const string Pin = "012345";
    public const string Token = "q83vEjRWeJq83vEjRWeJqA";
    public const string Key = "applet-key-value";
    public const string JoinAnswer = $$"""{"sessionId":"s1","appletKey":"{{Key}}"}""";

    public static SessionCredential Link { get; } = Parse($"https://support.example/help/Customer/Code.aspx?i=2&Code={Pin}&k={Token}");

    public static AppletInstance Instance { get; } = AppletInstance.TryParse("instance-1", out var instance) ? instance : null!;

    public static SessionCredential Parse(string link)
    {
        SessionCredential.TryParseLink(link, out var credential, out var problem).Should().BeTrue($"the problem is {problem}");
        return credential!;
    }

    public static SupportApplet Applet(ScriptedServer server, TimeProvider? time = null, SupportAppletOptions? options = null) =>
        new(new HttpClient(server), options, time);

    /// <summary>Joins through a server whose first answer is not scripted yet.</summary>
    public static async Task<AppletSession> JoinAsync(ScriptedServer server, TimeProvider? time = null, SupportAppletOptions? options = null)
    {
        server.Answer(System.Net.HttpStatusCode.OK, JoinAnswer);
        var result = await Applet(server, time, options).JoinAsync(Link, Instance, TestContext.Current.CancellationToken);
        server.Requests.Clear();
        return result.Should().BeOfType<Joined>().Which.Session;
    }
}
