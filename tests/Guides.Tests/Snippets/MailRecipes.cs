using System.Net.Http.Json;
using System.Text.Json;
using MailKit;
using MailKit.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Hosting;

namespace Guides.Tests.Snippets;

internal static class MailRecipes
{
    public static RescueSessionsBuilder Plain(RescueSessionsBuilder support, IConfiguration configuration) => support
        .UseSmtp(options =>
        {
            options.Host = "smtp.acme.example";
            options.Port = 587;
            options.Security = SmtpSecurity.StartTls;   // 465 is SmtpSecurity.SslOnConnect
            options.Credentials = SmtpCredentials.FromPassword("helpdesk", configuration["Smtp:Password"]!);
        })
        .AddEmail();

    public static RescueSessionsBuilder Microsoft365(RescueSessionsBuilder support, ClientCredentials tokens) => support
        .UseSmtp(options =>
        {
            options.Host = "smtp.office365.com";
            options.Credentials = SmtpCredentials.FromTokenProvider("support@acme.example", tokens.GetAsync);
            options.MaxConnections = 3;   // more at once are refused
        })
        .AddEmail();

    public static RescueSessionsBuilder Google(RescueSessionsBuilder support) => support
        .UseSmtp(options =>
        {
            options.Host = "smtp-relay.gmail.com";
            options.LocalDomain = "helpdesk.acme.example";   // the relay wants a name that is yours
        })
        .AddEmail();

    public static RescueSessionsBuilder OfOrganizations(RescueSessionsBuilder support, IRelays relays) => support
        .AddEmail(options => options.SmtpServer = message => relays.AreOf(message.Tenant) ? message.Tenant : null)   // null: the one without a name
        .UseSmtp(options => options.Host = "smtp.acme.example")
        .UseSmtp(async (_, name, cancellationToken) => await relays.FindAsync(name, cancellationToken) is { } relay
            ? new SmtpOptions { Host = relay.Host, Credentials = SmtpCredentials.FromPassword(relay.UserName, relay.Password) }
            : null)
        .AddSms();
}

public interface IRelays
{
    bool AreOf(string tenant);

    ValueTask<TenantRelay?> FindAsync(string tenant, CancellationToken cancellationToken);
}

public sealed record TenantRelay(string Host, string UserName, string Password);

public sealed record BounceNotice(string MessageId, string? Reason);

internal static class Bounces
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/mail/notices", async (BounceNotice notice, EmailBounces bounces) => await bounces.NoteAsync(notice.MessageId, notice.Reason))
            .AllowAnonymous();
    }

    public static async Task ReadAsync(IMailFolder inbox, EmailBounces bounces, CancellationToken cancellationToken)
    {
        foreach (var id in await inbox.SearchAsync(SearchQuery.NotSeen, cancellationToken))
        {
            var notice = await inbox.GetMessageAsync(id, cancellationToken);
            var parts = notice.BodyParts.ToArray();
            var status = parts.OfType<MessageDeliveryStatus>().SelectMany(part => part.StatusGroups)
                .FirstOrDefault(group => string.Equals(group["Action"], "failed", StringComparison.OrdinalIgnoreCase));
            // The last part of a notice is the message that came back, or its headers alone.
            var original = parts.OfType<MessagePart>().LastOrDefault()?.Message?.MessageId;
            if (status is not null && original is not null)
                await bounces.NoteAsync(original, status["Diagnostic-Code"] ?? status["Status"], cancellationToken);
            await inbox.AddFlagsAsync(id, MessageFlags.Seen, silent: true, cancellationToken);
        }
    }
}

public sealed class ClientCredentials(HttpClient http, Uri endpoint, string client, string secret, string scope, TimeProvider time)
{
    private readonly SemaphoreSlim one = new(1);
    private (string Token, DateTimeOffset Until) held = ("", DateTimeOffset.MinValue);

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (held.Until <= time.GetUtcNow())
                held = await AskAsync(cancellationToken);
            return held.Token;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<(string Token, DateTimeOffset Until)> AskAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(endpoint, new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret), new("scope", scope)]), cancellationToken);
        var token = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var lifetime = TimeSpan.FromSeconds(token.GetProperty("expires_in").GetInt32() - 60);
        return (token.GetProperty("access_token").GetString()!, time.GetUtcNow() + lifetime);
    }
}
