using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Sends each message through the mail server that the host's rule names, every one with connections of its own. Safe for concurrent use.</summary>
internal sealed class SmtpServers : IEmailDispatcher, IAsyncDisposable, IDisposable
{
    private readonly FrozenDictionary<string, SmtpDispatcher> servers;
    private readonly FoundSmtpServers? found;
    private readonly IOptionsMonitor<ISmtpServerOptions> email;

    public SmtpServers(
        IEnumerable<SmtpServerName> names,
        IEnumerable<SmtpServerLookup> lookups,
        IOptionsMonitor<SmtpOptions> smtp,
        IOptionsMonitor<ISmtpServerOptions> email,
        DkimSignatures signatures,
        TimeProvider time)
    {
        // The last one given, as with any service of which one is asked for.
        found = lookups.LastOrDefault() is { } lookup ? new(lookup, signatures, time) : null;
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
    public async Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var name = LaneOf(message);
        if (servers.TryGetValue(name, out var server))
            return await server.DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        return (found is null || name == SmtpServerName.Unnamed ? null : await found.DispatchAsync(name, message, cancellationToken).ConfigureAwait(false))
            ?? new DispatchResult.NotSent(NotSentCause.UnknownServer, Unknown(name), CanRetry: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values)
            await server.DisposeAsync().ConfigureAwait(false);
        if (found is not null)
            await found.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in servers.Values)
            server.Dispose();
        found?.Dispose();
    }

    // What the rule says may be made of the message, and a reason holds nothing of one.
    private string Unknown(string name) => name.Length == 0
        ? "There is no mail server without a name, which Email.SmtpServer has chosen by answering null. Call UseSmtp(...) too, or let the rule name one of the others."
        : found is not null
            ? $"Email.SmtpServer has named {(SmtpServerName.IsFit(name) ? $"the mail server '{name}'" : "a mail server")}, which the function that UseSmtp was given does not find. Let it find it, or correct the rule."
            : SmtpServerName.IsFit(name)
            ? $"Email.SmtpServer has named the mail server '{name}', which there is not. Call UseSmtp(\"{name}\", ...), or correct the rule."
            : "Email.SmtpServer has named a mail server that there is not. Correct the rule.";
}
