using System.Net;
using System.Text.Json;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Joining;

internal sealed class JoinHandshake(AppletTransport transport)
{
    /// <summary>The version of the protocol that this client speaks.</summary>
    private const int Protocol = 1;

    public async Task<JoinResult> RunAsync(SessionCredential credential, AppletInstance instance, CancellationToken cancellationToken)
    {
        var (address, body) = RequestFor(credential, instance);
        var reply = await transport.PostAsync(address, body, key: null, transport.Options.Attempts, cancellationToken).ConfigureAwait(false);
        return Read(credential.Server, reply);
    }

    public async Task<JoinResult> RunUntilAnsweredAsync(
        SessionCredential credential, AppletInstance instance, Action<JoinUnanswered> unanswered, CancellationToken cancellationToken)
    {
        var (address, body) = RequestFor(credential, instance);
        var backoff = transport.NewBackoff();
        while (true)
        {
            var reply = await transport.PostAsync(address, body, key: null, attempts: 1, cancellationToken).ConfigureAwait(false);
            var result = Read(credential.Server, reply);
            if (result is not JoinUnanswered nothing)
                return result;

            unanswered(nothing);
            await Task.Delay(backoff.Next(reply.RetryAfter), transport.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static (Uri Address, byte[] Body) RequestFor(SessionCredential credential, AppletInstance instance)
    {
        var request = new JoinRequest((credential as LinkCredential)?.Token, (credential as PinCredential)?.Pin, instance.Value, Protocol);
        return (new Uri(credential.Server, "applet/join"), JsonSerializer.SerializeToUtf8Bytes(request, JoinJson.Default.JoinRequest));
    }

    private JoinResult Read(Uri server, Reply reply) => (reply.Author, reply.Status) switch
    {
        (ReplyAuthor.SomebodyElse, _) => new JoinUnanswered(reply.Status, reply.Failure, isIntercepted: true),
        (ReplyAuthor.Nobody, _) => new JoinUnanswered(reply.Status, reply.Failure, isIntercepted: false),
        (_, HttpStatusCode.OK) => Accept(server, reply),
        (_, HttpStatusCode.BadRequest) => Refuse(JoinRefusal.Malformed, reply),
        (_, HttpStatusCode.NotFound) => Refuse(JoinRefusal.Invalid, reply),
        (_, HttpStatusCode.Conflict) => Refuse(JoinRefusal.UsedByAnother, reply),
        (_, HttpStatusCode.Gone) => Refuse(JoinRefusal.ExpiredOrEnded, reply),
        (_, HttpStatusCode.UpgradeRequired) => Refuse(JoinRefusal.Outdated, reply),
        (_, HttpStatusCode.TooManyRequests) => Refuse(JoinRefusal.TooManyTries, reply),
        _ => new JoinUnanswered(reply.Status, reply.Failure, isIntercepted: false)
    };

    private static JoinRefused Refuse(JoinRefusal reason, Reply reply) => new(reason, reply.RetryAfter);

    private JoinResult Accept(Uri server, Reply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, JoinJson.Default.JoinResponse) is { IsUsable: true } answer
                ? new Joined(new AppletSession(transport, server, answer.SessionId!, answer.AppletKey!), ServerText.Paragraphs(answer.Terms), ServerText.Line(answer.Technician))
                : new JoinUnanswered(reply.Status, new InvalidDataException("The server's answer lacks a 'sessionId' or 'appletKey' that can be used."), isIntercepted: false);
        }
        catch (JsonException unreadable)
        {
            return new JoinUnanswered(reply.Status, unreadable, isIntercepted: false);
        }
    }
}
