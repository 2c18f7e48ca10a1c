using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>A whole product on a database, with everything that runs in the background. Whoever asks over HTTP is Ada.</summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>Keys as a host has them.</summary>
    public const string KeyA = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
    public const string KeyB = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=";

    public static readonly Technician Ada = new("ada", "Ada Lovelace") { Groups = ["support"] };

    private readonly WebApplication app;

    private Node(WebApplication app) => this.app = app;

    public SupportSessions Technicians => Get<SupportSessions>();

    public SupportInvitations Invitations => Get<SupportInvitations>();

    public SessionDirectory Directory => Get<SessionDirectory>();

    public SessionEvents Events => Get<SessionEvents>();

    public CustomerSessions Customers => Get<CustomerSessions>();

    public AppletSessions Applets => Get<AppletSessions>();

    public ISessionStore Store => Get<ISessionStore>();

    public HttpClient Http => app.GetTestClient();

    public static async Task<Node> StartAsync(
        Engine engine,
        Action<RescueSessionsOptions>? configure = null,
        OutboxHandler? handler = null,
        TimeProvider? time = null,
        bool upgradeSchema = true,
        string[]? keys = null,
        LoggedEvents? log = null,
        Action<RescueSessionsBuilder>? add = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (handler is not null)
            builder.Services.AddSingleton(handler);
        var rescue = builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new("https://help.example.org/");
                options.Codes.IssueLimit = 0;
                options.Codes.RepeatWindow = TimeSpan.Zero;
                options.Invitations.RecipientLimit = 0;
                options.Invitations.DistinctRecipients = 0;
                options.Permissions.Groups.Add(new() { Name = "support", Grants = [.. Enum.GetValues<ConnectionRight>()] });
                foreach (var key in keys ?? [KeyA])
                    options.Codes.Keys.Add(key);
                configure?.Invoke(options);
            })
            .UseEntityFrameworkCore(engine.Configure, upgradeSchema)
            .AddEmail(options => options.SenderAddress = "support@example.org")
            .AddAspNetCore(options => options.Technician = _ => Ada);
        add?.Invoke(rescue);
        var app = builder.Build();
        app.MapRescueSessions();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public async Task<(Session Session, ConnectionLink Link)> CreateAsync(string? idempotencyKey = null)
    {
        var created = await Invitations.CreateAsync(Ada, new("Grace Hopper") { IdempotencyKey = idempotencyKey });
        return created is CreateSessionResult.Created { Link: { } link } made ? (made.Session, link) : throw new InvalidOperationException($"{created}");
    }

    /// <summary>A session whose invitation is sent by the handler of the kind "test".</summary>
    public async Task<(Session Session, ConnectionLink Link)> InviteAsync()
    {
        var invitation = new NewInvitation { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" };
        var created = await Invitations.CreateAsync(Ada, new("Grace Hopper") { Invitation = invitation }, Compose);
        return created is CreateSessionResult.Created { Link: { } link } made ? (made.Session, link) : throw new InvalidOperationException($"{created}");
    }

    public static ComposedInvitation Compose(Session session, ConnectionLink link) => new(
        new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = session.CreatedAt, To = "grace@example.org" },
        "test",
        System.Text.Encoding.UTF8.GetBytes(link.ToUri().AbsoluteUri));

    /// <summary>A session that Ada has started.</summary>
    public async Task<(SessionId Id, AppletKey Key)> ActiveAsync()
    {
        var (session, link) = await CreateAsync();
        var joined = (JoinResult.Joined)await Customers.JoinAsync(link.Token!, "one");
        await Applets.ReadyAsync(session.Id, joined.Key, "GRACE-PC", null);
        (await Technicians.StartAsync(Ada, session.Id)).Should().BeOfType<SessionResult.Done>();
        return (session.Id, joined.Key);
    }

    public async Task<Session> FindAsync(SessionId id) => (await Directory.FindAsync(Ada, id))!;

    /// <summary>Listens as a product does: nothing is caught but the end that it asked for.</summary>
    public async Task ListenAsync(ConcurrentQueue<SessionEvent> heard, CancellationToken cancellationToken, long? after = null)
    {
        try
        {
            await foreach (var happened in Events.WatchAsync(Ada, after, cancellationToken))
                heard.Enqueue(happened);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
