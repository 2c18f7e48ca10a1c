using System.Net;
using System.Text.Json;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Joining;

sealed class JoinHandshake(AppletTransport transport)
{
    /// <summary>The version of the protocol that this client speaks.</summary>
    const int Protocol = 1;

    public async Task<JoinResult> RunAsync(SessionCredential credential, AppletInstance instance, CancellationToken cancellationToken)
    {
        var request = new JoinRequest((credential as LinkCredential)?.Token, (credential as PinCredential)?.Pin, instance.Value, Protocol);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, AppletJson.Default.JoinRequest);
        var address = new Uri(credential.Server, "applet/join");
        var reply = await transport.PostAsync(address, body, key: null, transport.Options.Attempts, cancellationToken).ConfigureAwait(false);

        return reply.Status switch
        {
            HttpStatusCode.OK => Accept(credential.Server, reply),
            HttpStatusCode.BadRequest => Refuse(JoinRefusal.Malformed, reply),
            HttpStatusCode.NotFound => Refuse(JoinRefusal.Invalid, reply),
            HttpStatusCode.Conflict => Refuse(JoinRefusal.UsedByAnother, reply),
            HttpStatusCode.Gone => Refuse(JoinRefusal.ExpiredOrEnded, reply),
            HttpStatusCode.UpgradeRequired => Refuse(JoinRefusal.Outdated, reply),
            HttpStatusCode.TooManyRequests => Refuse(JoinRefusal.TooManyTries, reply),
            _ => new JoinUnanswered(reply.Status, reply.Failure)
        };
    }

    static JoinRefused Refuse(JoinRefusal reason, Reply reply) => new(reason, reply.RetryAfter);

    JoinResult Accept(Uri server, Reply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, AppletJson.Default.JoinResponse) is { SessionId.Length: > 0, AppletKey.Length: > 0 } answer
                ? new Joined(new AppletSession(transport, server, answer.SessionId, answer.AppletKey), answer.Terms)
                : new JoinUnanswered(reply.Status, new InvalidDataException("The server's answer lacks 'sessionId' or 'appletKey'."));
        }
        catch (JsonException unreadable)
        {
            return new JoinUnanswered(reply.Status, unreadable);
        }
    }
}
