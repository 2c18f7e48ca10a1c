using System.Net;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Hosting;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet;

/// <summary>
/// The customer's side of a support session: joins with the code of the connection email, and hands out the joined session.
/// </summary>
/// <remarks>
/// In a host with dependency injection, register it with <c>AddSupportApplet</c>. Without, give it a client:
/// <c>new SupportApplet(new HttpClient(SupportApplet.CreateHandler()))</c>. Thread-safe; it does not own the client.
/// </remarks>
public sealed class SupportApplet
{
    private readonly AppletTransport _transport;

    /// <summary>Makes an applet that talks through <paramref name="client"/>.</summary>
    /// <param name="client">
    /// Sends every request. Let its handler follow no redirect, as <see cref="CreateHandler"/> does: a redirect would carry the code elsewhere.
    /// </param>
    /// <param name="options">Retries and time limits; the defaults when absent.</param>
    /// <param name="timeProvider">The clock of every wait; the system's when absent.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range; the message names it and the fix.</exception>
    public SupportApplet(HttpClient client, SupportAppletOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new SupportAppletOptions();
        SupportAppletOptionsValidator.ThrowIfInvalid(options);
        _transport = new AppletTransport(client, options, timeProvider ?? TimeProvider.System);
    }

    /// <summary>
    /// A handler that keeps credentials where they belong: it follows no redirect and keeps no cookie. A proxy of the system that asks who the user is gets the
    /// system's sign-in (Negotiate or NTLM), as from a browser; no server does.
    /// </summary>
    /// <returns>A new handler, owned by the caller.</returns>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5)
    };

    /// <summary>
    /// Redeems the code. A lost answer is asked for again: the server gives the same instance the same session, so a repeat is safe.
    /// </summary>
    /// <param name="credential">What the customer was sent.</param>
    /// <param name="instance">This installation; keep it across restarts, or a restart is taken for somebody else.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <returns><see cref="Joined"/>, <see cref="JoinRefused"/> or <see cref="JoinUnanswered"/>.</returns>
    public Task<JoinResult> JoinAsync(SessionCredential credential, AppletInstance instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(instance);
        return new JoinHandshake(_transport).RunAsync(credential, instance, cancellationToken);
    }

    /// <summary>
    /// Redeems the code as <see cref="JoinAsync"/> does, and goes on trying until the service has answered: a customer who starts the applet before the
    /// network is there need not start it again.
    /// </summary>
    /// <param name="credential">What the customer was sent.</param>
    /// <param name="instance">This installation; keep it across restarts, or a restart is taken for somebody else.</param>
    /// <param name="unanswered">Told of every attempt without an answer, before the wait for the next one; say what is waited for, and offer to stop.</param>
    /// <param name="cancellationToken">Stops trying; <see cref="OperationCanceledException"/> follows.</param>
    /// <returns><see cref="Joined"/> or <see cref="JoinRefused"/>.</returns>
    public Task<JoinResult> JoinUntilAnsweredAsync(
        SessionCredential credential, AppletInstance instance, Action<JoinUnanswered> unanswered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(unanswered);
        return new JoinHandshake(_transport).RunUntilAnsweredAsync(credential, instance, unanswered, cancellationToken);
    }
}
