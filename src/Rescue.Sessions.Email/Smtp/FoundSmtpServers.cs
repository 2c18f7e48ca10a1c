using Rescue.Sessions.Email.Dkim;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Sends through mail servers that the host finds while it runs. Each has connections of its own for as long as its options stay the same and it is used.
/// Safe for concurrent use.
/// </summary>
internal sealed class FoundSmtpServers(SmtpServerLookup lookup, DkimSignatures signatures, TimeProvider time) : IAsyncDisposable, IDisposable
{
    private const string Wrong = "The settings of this message's mail server are wrong. The log says what to correct.";
    private const string Unanswered = "This message's mail server cannot be looked up at present.";

    // A function that never answers must not keep the message and its place, for no shutdown breaks them off.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Longer than any connection is kept unused, so that nothing but the place is given up.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly SmtpOptionsValidator validator = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, FoundSmtpServer> servers = new(StringComparer.Ordinal);

    /// <summary>Sends a message by the server of that name; null where there is none.</summary>
    public async Task<DispatchResult?> DispatchAsync(string name, EmailMessage message, CancellationToken cancellationToken)
    {
        SmtpOptions? options;
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            options = await lookup.FindAsync(name, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What it throws may quote a password, so only its type is told.
            return new DispatchResult.NotSent(NotSentCause.UnknownServer, Unanswered, CanRetry: true)
            {
                Diagnosis = patience.IsCancellationRequested
                    ? $"The function that UseSmtp was given has not answered within {Patience.TotalSeconds} s for the mail server '{NameOf(name)}'"
                    : $"The function that UseSmtp was given has failed for the mail server '{NameOf(name)}' ({failure.GetType().Name})",
            };
        }

        if (options is null)
            return null;
        // As those that are set at the start are checked then.
        if (validator.Validate(NameOf(name), options) is { Failed: true, FailureMessage: var failures })
            return new DispatchResult.NotSent(NotSentCause.UnknownServer, Wrong, CanRetry: false) { Diagnosis = failures };
        var server = Take(name, options);
        try
        {
            return await server.Dispatcher.DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            GiveBack(server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in TakeAll())
            await server.Dispatcher.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var server in TakeAll())
            server.Dispatcher.Dispose();
    }

    // What the rule says may be made of the message.
    private static string NameOf(string name) => SmtpServerName.IsFit(name) ? name : "…";

    private FoundSmtpServer Take(string name, SmtpOptions options)
    {
        lock (gate)
        {
            if (!servers.TryGetValue(name, out var server) || !server.Options.IsSameAs(options))
            {
                LetGo(server);
                LetGoOfUnused();
                servers[name] = server = new(options, new(options, time, signatures)) { LastUsed = time.GetUtcNow() };
            }

            server.Users++;
            return server;
        }
    }

    private void GiveBack(FoundSmtpServer server)
    {
        lock (gate)
        {
            server.Users--;
            server.LastUsed = time.GetUtcNow();
            if (server is { IsLetGo: true, Users: 0 })
                server.Dispatcher.Dispose();
            LetGoOfUnused();
        }
    }

    // Whoever still sends by it ends it.
    private static void LetGo(FoundSmtpServer? server)
    {
        if (server is null)
            return;
        server.IsLetGo = true;
        if (server.Users == 0)
            server.Dispatcher.Dispose();
    }

    private void LetGoOfUnused()
    {
        var oldest = time.GetUtcNow() - Memory;
        foreach (var (name, server) in servers.Where(server => server.Value.Users == 0 && server.Value.LastUsed < oldest).ToList())
        {
            servers.Remove(name);
            LetGo(server);
        }
    }

    private List<FoundSmtpServer> TakeAll()
    {
        lock (gate)
        {
            List<FoundSmtpServer> all = [.. servers.Values];
            servers.Clear();
            return all;
        }
    }
}
