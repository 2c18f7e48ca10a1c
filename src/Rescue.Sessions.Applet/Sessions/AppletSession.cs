using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Machines;
using Rescue.Sessions.Applet.Sessions;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet;

/// <summary>
/// A session this applet has joined. It holds the applet key and never shows it. Thread-safe: heartbeats, messages and the event stream
/// run side by side.
/// </summary>
/// <remarks>Every method may throw <see cref="HttpRequestException"/> for an answer the protocol does not know, such as 400 for a rejected value.</remarks>
public sealed class AppletSession
{
    private readonly AppletTransport _transport;
    private readonly Uri _address;
    private readonly string _key;

    private readonly SessionEnding _ending = new();

    private volatile CustomerMachine? _machine;
    private volatile SessionStatus _status = SessionStatus.Connecting;
    private volatile bool _isUnheard;

    internal AppletSession(AppletTransport transport, Uri server, string sessionId, string key)
    {
        _transport = transport;
        _address = new Uri(server, $"applet/{Uri.EscapeDataString(sessionId)}/");
        _key = key;
        SessionId = sessionId;
    }

    /// <summary>The session's id; opaque, and no secret.</summary>
    public string SessionId { get; }

    /// <summary>
    /// Tells that the applet runs and assistance may begin: the session goes from connecting to waiting. <see cref="WatchAsync"/> tells it again when the
    /// server reports that it has not heard it. <see cref="AppletAnswer.MobileNotCovered"/> is answered to this alone.
    /// </summary>
    /// <param name="machine">The customer's machine, as the technician will see it.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    public Task<AppletAnswer> ReadyAsync(CustomerMachine machine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        return TellReadyAsync(machine, cancellationToken);
    }

    /// <summary>Tells that the customer declines the terms; this ends the session.</summary>
    /// <param name="cancellationToken">Stops trying.</param>
    public Task<AppletAnswer> DeclineAsync(CancellationToken cancellationToken = default) =>
        PostAsync("decline", _transport.Options.Attempts, cancellationToken);

    /// <summary>Tells once that the applet is still there. <see cref="KeepAliveAsync"/> does it for as long as the session lasts.</summary>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    public Task<AppletAnswer> HeartbeatAsync(CancellationToken cancellationToken = default) => PostAsync("heartbeat", 1, cancellationToken);

    /// <summary>Tells that the customer leaves; this ends the session.</summary>
    /// <param name="cancellationToken">Stops trying.</param>
    public Task<AppletAnswer> LeaveAsync(CancellationToken cancellationToken = default) =>
        PostAsync("leave", _transport.Options.Attempts, cancellationToken);

    /// <summary>
    /// Beats at every <see cref="SupportAppletOptions.HeartbeatInterval"/>, through failures, until the session or the key is gone.
    /// </summary>
    /// <param name="cancellationToken">Stops the heart; <see cref="OperationCanceledException"/> follows.</param>
    /// <returns><see cref="AppletAnswer.KeyReplaced"/> or <see cref="AppletAnswer.SessionOver"/>.</returns>
    public async Task<AppletAnswer> KeepAliveAsync(CancellationToken cancellationToken = default)
    {
        using var pulse = new PeriodicTimer(_transport.Options.HeartbeatInterval, _transport.Time);
        while (true)
        {
            await pulse.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            var answer = await HeartbeatAsync(cancellationToken).ConfigureAwait(false);
            if (answer is AppletAnswer.KeyReplaced or AppletAnswer.SessionOver)
                return answer;
        }
    }

    /// <summary>
    /// Follows the session's status by server-sent events (WHATWG HTML, section 9.2). A lost connection is opened again with back-off and
    /// reports what has changed until then. The last item is always <see cref="WatchEnded"/>, whichever answer has told of the end, a heartbeat's too; how a
    /// session has ended comes before it as a <see cref="StatusReported"/>, where the server says so.
    /// </summary>
    /// <param name="cancellationToken">Stops watching; <see cref="OperationCanceledException"/> follows.</param>
    public async IAsyncEnumerable<SessionEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var backoff = _transport.NewBackoff();
        await foreach (var happening in new SessionWatch(_transport, new Uri(_address, "events"), _key, _ending).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            if (happening is StatusReported report)
                Note(report.Status);
            yield return happening;
            while (happening is StatusReported { Status: var status } && IsToBeToldReady(status) && _machine is { } machine
                && await TellReadyAsync(machine, cancellationToken).ConfigureAwait(false) is AppletAnswer.Unreachable or AppletAnswer.Intercepted)
            {
                // Until it is told, nothing else can happen.
                await Task.Delay(backoff.Next(), _transport.Time, cancellationToken).ConfigureAwait(false);
            }

            backoff.Reset();
        }
    }

    /// <summary>The session's id, never the key.</summary>
    public override string ToString() => $"AppletSession {SessionId}";

    private static bool AwaitsReady(SessionStatus status) => status is SessionStatus.Connecting or SessionStatus.Rebooting;

    // A machine that is about to restart was heard before; of one that has restarted nobody may have heard.
    private bool IsToBeToldReady(SessionStatus status) => status == SessionStatus.Connecting || (status == SessionStatus.Rebooting && _isUnheard);

    private void Note(SessionStatus status)
    {
        _status = status;
        // It was heard after all, and what is said at the next restart must wait for that.
        if (!AwaitsReady(status))
            _isUnheard = false;
    }

    private async Task<AppletAnswer> TellReadyAsync(CustomerMachine machine, CancellationToken cancellationToken)
    {
        var body = new ReadyRequest(machine.HostName, machine.Platform);
        var answer = await PostAsync("ready", body, VerbJson.Default.ReadyRequest, _transport.Options.Attempts, cancellationToken).ConfigureAwait(false);
        // What the stream has told meanwhile says that it was heard.
        _isUnheard = answer is AppletAnswer.Unreachable or AppletAnswer.Intercepted && AwaitsReady(_status);
        return answer;
    }

    // The verbs without data send an empty object, which every JSON endpoint takes.
    private Task<AppletAnswer> PostAsync(string verb, int attempts, CancellationToken cancellationToken) =>
        PostAsync(verb, new EmptyRequest(), VerbJson.Default.EmptyRequest, attempts, cancellationToken);

    private async Task<AppletAnswer> PostAsync<T>(string verb, T body, JsonTypeInfo<T> type, int attempts, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(body, type);
        var reply = await _transport.PostAsync(new Uri(_address, verb), content, _key, attempts, cancellationToken).ConfigureAwait(false);
        _ending.Learn(reply);
        return reply.ToAnswer() ?? throw new HttpRequestException(
            $"The server answered '{verb}' with status {(int?)reply.Status}, which the applet protocol does not use.", null, reply.Status);
    }
}
