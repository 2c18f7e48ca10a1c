using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>One connection to the mail server, opened by its first message. Not for concurrent use: the pool lends it to one caller at a time.</summary>
internal sealed class SmtpConnection : IDisposable
{
    /// <summary>After this long unused a connection is asked whether it is still there; asking every time would cost a round trip a message.</summary>
    private static readonly TimeSpan TrustedIdleTime = TimeSpan.FromSeconds(5);

    /// <summary>NOOP and QUIT need no work from the server.</summary>
    private static readonly TimeSpan LongestFormality = TimeSpan.FromSeconds(5);

    private readonly SmtpOptions options;
    private readonly TimeProvider time;
    private readonly SmtpConversation conversation = new();
    private readonly SmtpClient client;
    private bool isOpen;
    private bool hasPutSmtpUtf8Away;

    public SmtpConnection(SmtpOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        client = new SmtpClient(conversation)
        {
            // Time is the deadline's.
            Timeout = Timeout.Infinite,
            CheckCertificateRevocation = options.CheckRevocation,
        };
        if (options.TrustedRoots.Count > 0)
            client.ServerCertificateValidationCallback = new SmtpCertificateTrust(options.TrustedRoots).IsTrusted;
    }

    public int MessageCount { get; private set; }

    public DateTimeOffset LastUsed { get; private set; }

    /// <summary>Whether another message may follow.</summary>
    public bool IsReusable => isOpen && client.IsConnected && conversation.IsSettled && MessageCount < options.MessagesPerConnection;

    /// <summary>Whether the latest message failed in a way that a stale connection explains, before the server took any notice of it.</summary>
    public bool HasGoneStale { get; private set; }

    /// <summary>Whether the connection can carry the message; one that has <see cref="PutSmtpUtf8Away">put SMTPUTF8 away</see> cannot carry every one.</summary>
    public bool Suits(EmailMessage message) => !hasPutSmtpUtf8Away || !WireFormat.RequiresSmtpUtf8(message);

    /// <summary>Sends one message; every failure of the mail system is a result.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the body was begun.</exception>
    public async Task<DispatchResult> SendAsync(EmailMessage message, MimeMessage mime, CancellationToken cancellationToken)
    {
        var isReused = isOpen;
        var isProbing = false;
        conversation.BeginMessage();
        using var deadline = new SmtpDeadline(options.CommandTimeout, time, conversation, cancellationToken);
        try
        {
            if (!isReused)
                await OpenAsync(message.From, deadline).ConfigureAwait(false);
            if (isReused && time.GetUtcNow() - LastUsed > TrustedIdleTime)
            {
                isProbing = true;
                deadline.Allow(LongestFormality);
                await client.NoOpAsync(deadline.Token).ConfigureAwait(false);
                deadline.Allow(options.CommandTimeout);
                isProbing = false;
            }

            if (!WireFormat.RequiresSmtpUtf8(message))
                PutSmtpUtf8Away();
            else if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                return SmtpOutcome.NeedsSmtpUtf8;

            await client.SendAsync(WireFormat.For(message), mime, Mailbox(message.From), [Mailbox(message.To!)], deadline.Token).ConfigureAwait(false);
            return SmtpOutcome.Of(conversation, message);
        }
        catch (Exception failure) when (deadline.IsCancelledByCaller && !conversation.IsBodyBegun && SmtpOutcome.Explains(failure))
        {
            Abandon();
            throw new OperationCanceledException("The message was cancelled before its body was begun.", failure, cancellationToken);
        }
        catch (Exception failure) when (conversation.IsBodyBegun || SmtpOutcome.Explains(failure))
        {
            var isLost = conversation.IsClosing || (!client.IsConnected && !deadline.HasPassed);
            HasGoneStale = isReused && !conversation.IsMailAccepted && (isProbing || isLost);
            if (!conversation.IsSettled)
                Abandon();
            var result = SmtpOutcome.Of(conversation, message, failure, deadline.HasPassed);
            return result is DispatchResult.NotSent notSent
                ? notSent with
                {
                    Diagnosis = SmtpDiagnosis.Describe(options, conversation.Phase, failure, deadline.HasPassed, notSent),
                    MayBeOfSender = notSent.Cause == NotSentCause.ServiceRefused && options.LocalDomain is null && conversation.Refusal?.Phase == SmtpPhase.Ehlo,
                }
                : result;
        }
        finally
        {
            MessageCount++;
            LastUsed = time.GetUtcNow();
        }
    }

    /// <summary>Says goodbye and closes; a server that does not answer is left.</summary>
    public async Task CloseAsync()
    {
        using (this)
        using (var deadline = new CancellationTokenSource(LongestFormality, time))
        {
            try
            {
                await client.DisconnectAsync(quit: client.IsConnected && conversation.IsSettled, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (SmtpOutcome.Explains(failure))
            {
                Abandon();
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task OpenAsync(EmailAddress sender, SmtpDeadline deadline)
    {
        // A bare machine name is refused by strict servers; the sender's domain can be resolved by anybody (RFC 5321 section 4.1.4).
        client.LocalDomain = options.LocalDomain is { } name ? SmtpOptionsValidator.EhloName(name) : sender.AsciiDomain;
        deadline.Allow(options.ConnectTimeout);
        var isLoopbackOnly = options is { Security: SmtpSecurity.None, AllowClearText: false };
        var socket = await SmtpSocket.ConnectAsync(options.Host, options.Port, isLoopbackOnly, time, deadline.Token).ConfigureAwait(false);
        deadline.Allow(options.CommandTimeout);
        conversation.BeginGreeting();
        try
        {
            await client.ConnectAsync(socket, options.Host, options.Port, SocketOptions, deadline.Token).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (options.Credentials is { } credentials)
            await AuthenticateAsync(credentials, deadline.Token).ConfigureAwait(false);
        isOpen = true;
    }

    private async Task AuthenticateAsync(SmtpCredentials credentials, CancellationToken cancellationToken)
    {
        conversation.BeginAuthentication();
        if (!client.IsSecure)
            throw new NotSupportedException("Credentials need an encrypted connection.");
        if (credentials.Password is { } password)
        {
            await client.AuthenticateAsync(password, cancellationToken).ConfigureAwait(false);
            return;
        }

        var mechanism = await credentials.CreateTokenMechanismAsync(client.AuthenticationMechanisms, cancellationToken).ConfigureAwait(false);
        await client.AuthenticateAsync(mechanism, cancellationToken).ConfigureAwait(false);
    }

    private SecureSocketOptions SocketOptions => options.Security switch
    {
        SmtpSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    /// <summary>
    /// The library takes the extension wherever it is offered, and would then write international domains in UTF-8, which the servers behind this one
    /// need not understand. What has been put away cannot be taken out again.
    /// </summary>
    private void PutSmtpUtf8Away()
    {
        if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            return;
        client.Capabilities &= ~SmtpCapabilities.UTF8;
        hasPutSmtpUtf8Away = true;
    }

    // In capitals the library leaves ASCII domains as they are (RFC 5890 section 2.3.1: letters of either case are the same).
    private static MailboxAddress Mailbox(EmailAddress address) => new(null, address.RequiresSmtpUtf8
        ? $"{address.LocalPart}@{address.AsciiDomain.Replace("xn--", "XN--", StringComparison.Ordinal)}"
        : address.WireAddress);

    private void Abandon() => client.Dispose();
}
