using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Sends each message through the mail server that the host's rule names, every one with connections of its own. Safe for concurrent use.</summary>
internal sealed class SmtpServers : IEmailDispatcher, IAsyncDisposable, IDisposable
{
    private readonly FrozenDictionary<string, SmtpDispatcher> servers;
    private readonly IOptionsMonitor<ISmtpServerOptions> email;

    public SmtpServers(IEnumerable<SmtpServerName> names, IOptionsMonitor<SmtpOptions> smtp, IOptionsMonitor<ISmtpServerOptions> email, DkimSignatures signatures, TimeProvider time)
    {
        this.email = email;
        servers = names.Select(server => server.Name).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(name => name, name => new SmtpDispatcher(smtp.Get(name), time, signatures), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

    /// <summary>Whether there is nothing to choose.</summary>
    public bool IsOne => email.CurrentValue.SmtpServer is null;

    /// <inheritdoc/>
    public string LaneOf(EmailMessage message) => email.CurrentValue.SmtpServer?.Invoke(message) ?? SmtpServerName.Unnamed;

    /// <inheritdoc/>
    public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var name = LaneOf(message);
        return servers.TryGetValue(name, out var server)
            ? server.DispatchAsync(message, cancellationToken)
            : Task.FromResult<DispatchResult>(new DispatchResult.NotSent(NotSentCause.UnknownServer, Unknown(name), CanRetry: false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values)
            await server.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in servers.Values)
            server.Dispose();
    }

    // What the rule says may be made of the message, and a reason holds nothing of one.
    private static string Unknown(string name) => name.Length == 0
        ? "There is no mail server without a name, which Email.SmtpServer has chosen by answering null. Call UseSmtp(...) too, or let the rule name one of the others."
        : SmtpServerName.IsFit(name)
            ? $"Email.SmtpServer has named the mail server '{name}', which there is not. Call UseSmtp(\"{name}\", ...), or correct the rule."
            : "Email.SmtpServer has named a mail server that there is not. Correct the rule.";
}
