using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.Mime;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Sends through one mail server (RFC 5321) over a few connections kept open. Each message is one MAIL, one RCPT and one DATA. Safe
/// for concurrent use; dispose of it to say goodbye to the server.
/// </summary>
/// <remarks>
/// A message is tried a second time only where a kept connection turns out to be dead before the server accepted the sender, on a
/// fresh connection. Everything else is told to the caller.
/// </remarks>
public sealed class SmtpDispatcher : IEmailDispatcher, IAsyncDisposable, IDisposable
{
    private readonly SmtpConnectionPool pool;
    private readonly DkimSignatures? signatures;

    /// <summary>Makes a dispatcher; no connection is opened before the first message.</summary>
    /// <param name="options">The server; not to be changed from here on.</param>
    /// <param name="timeProvider">The clock for time-outs; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names the property and the fix.</exception>
    public SmtpDispatcher(SmtpOptions options, TimeProvider? timeProvider = null)
        : this(options, timeProvider ?? TimeProvider.System, signatures: null)
    {
    }

    internal SmtpDispatcher(SmtpOptions options, TimeProvider timeProvider, DkimSignatures? signatures)
    {
        this.signatures = signatures;
        ArgumentNullException.ThrowIfNull(options);
        var validation = new SmtpOptionsValidator().Validate(name: null, options);
        if (validation.Failed)
            throw new ArgumentException(validation.FailureMessage, nameof(options));
        pool = new SmtpConnectionPool(options, timeProvider);
    }

    /// <inheritdoc/>
    public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The message has no recipient.</exception>
    /// <exception cref="ObjectDisposedException">The dispatcher has been disposed of.</exception>
    public async Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.To is null)
            throw new ArgumentException("A message that is to be sent needs a recipient in To.", nameof(message));
        using var mime = MimeMessageFactory.Create(message);
        signatures?.Sign(message, mime);
        var connection = await pool.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!connection.Suits(message))
                connection = pool.Replace(connection);
            var result = await connection.SendAsync(message, mime, cancellationToken).ConfigureAwait(false);
            if (!connection.HasGoneStale)
                return result;

            connection = pool.Replace(connection);
            return await connection.SendAsync(message, mime, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            pool.Return(connection);
        }
    }

    /// <summary>Ends idle connections with QUIT; messages under way are finished first by whoever awaits them.</summary>
    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>Ends idle connections with QUIT, without waiting for the server's answer.</summary>
    public void Dispose() => pool.Dispose();
}
