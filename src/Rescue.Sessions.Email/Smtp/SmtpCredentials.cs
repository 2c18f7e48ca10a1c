using System.Net;
using MailKit.Security;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Who we are to the mail server. Never shown: <see cref="ToString"/> is masked.</summary>
public sealed class SmtpCredentials
{
    private readonly string userName;
    private readonly string? password;
    private readonly Func<CancellationToken, ValueTask<string>>? tokenProvider;

    private SmtpCredentials(string userName, string? password, Func<CancellationToken, ValueTask<string>>? tokenProvider)
    {
        this.userName = userName;
        this.password = password;
        this.tokenProvider = tokenProvider;
    }

    /// <summary>A user name and a password. The strongest mechanism that the server offers is used (RFC 4954).</summary>
    /// <exception cref="ArgumentException">Either is empty.</exception>
    public static SmtpCredentials FromPassword(string userName, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentException.ThrowIfNullOrEmpty(password);
        return new SmtpCredentials(userName, password, tokenProvider: null);
    }

    /// <summary>OAuth 2.0 access tokens, as Microsoft 365 and Google want (RFC 7628).</summary>
    /// <param name="userName">The mailbox that sends.</param>
    /// <param name="tokenProvider">
    /// Gives a token that is still valid; called once for every connection, from several threads at once, so it should keep the token
    /// until it nears its end. What it throws becomes <see cref="NotSentCause.AuthenticationFailed"/>.
    /// </param>
    /// <exception cref="ArgumentException">The user name is empty.</exception>
    public static SmtpCredentials FromTokenProvider(string userName, Func<CancellationToken, ValueTask<string>> tokenProvider)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(tokenProvider);
        return new SmtpCredentials(userName, password: null, tokenProvider);
    }

    /// <summary>Names the kind of credentials and nothing else.</summary>
    public override string ToString() => tokenProvider is null ? "SmtpCredentials (password)" : "SmtpCredentials (token provider)";

    /// <summary>Whether the server is told the same: a token provider is the same when the delegate is.</summary>
    internal bool IsSameAs(SmtpCredentials? other) => other is not null
        && userName == other.userName && password == other.password && tokenProvider == other.tokenProvider;

    internal NetworkCredential? Password => password is null ? null : new NetworkCredential(userName, password);

    /// <exception cref="SmtpTokenException">The provider failed.</exception>
    internal async Task<SaslMechanism> CreateTokenMechanismAsync(IReadOnlySet<string> offered, CancellationToken cancellationToken)
    {
        var token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
        return offered.Contains("OAUTHBEARER") && !offered.Contains("XOAUTH2")
            ? new SaslMechanismOAuthBearer(userName, token)
            : new SaslMechanismOAuth2(userName, token);
    }

    private async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // One that does not heed the deadline must not hold the connection.
            return await tokenProvider!(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new SmtpTokenException(e);
        }
    }
}
