using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Support;

/// <summary>The library as a host has it, in memory and on a clock that stands still.</summary>
internal sealed class SupportDesk : IDisposable
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Colleagues = ["ada", "alan", "carol", "june", "mallory"];

    private readonly ServiceProvider services;

    public SupportDesk(Action<RescueSessionsOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        register?.Invoke(collection);
        collection.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Codes.IssueLimit = 0;
            // Tests make the same session again and again, and mean it.
            options.Codes.RepeatWindow = TimeSpan.Zero;
            options.Technicians.Directory = (_, _) => new([.. Colleagues.Select(id => new TechnicianReference(id, "Name of " + id))]);
            options.Permissions.Groups.Add(new() { Name = "support", Grants = [.. Enum.GetValues<ConnectionRight>()] });
            configure?.Invoke(options);
        });
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(Morning);

    public Technician Ada { get; } = new("ada", "Ada Lovelace") { Groups = ["support"] };

    public Technician Alan { get; } = new("alan", "Alan Turing") { Groups = ["support"] };

    public Technician Stranger { get; } = new("eve", "Eve") { Groups = ["support"], Tenant = "elsewhere" };

    public SupportSessions Technicians => services.GetRequiredService<SupportSessions>();

    public SupportInvitations Invitations => services.GetRequiredService<SupportInvitations>();

    public SessionDirectory Directory => services.GetRequiredService<SessionDirectory>();

    public SessionEvents Events => services.GetRequiredService<SessionEvents>();

    public SupportTeam Team => services.GetRequiredService<SupportTeam>();

    public PersonalData PersonalData => services.GetRequiredService<PersonalData>();

    public CustomerSessions Customers => services.GetRequiredService<CustomerSessions>();

    public AppletSessions Applets => services.GetRequiredService<AppletSessions>();

    public ISessionStore Store => services.GetRequiredService<ISessionStore>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>An invitation that is to be sent by a handler of the kind "test".</summary>
    public static ComposedInvitation Compose(Session session, ConnectionLink link) => new(
        new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = session.CreatedAt, To = "grace@example.org" },
        "test",
        System.Text.Encoding.UTF8.GetBytes($"Dear {session.CustomerName}, {link.ToUri()}"));

    public async Task<(Session Session, ConnectionLink Link)> CreateAsync(Technician? by = null)
    {
        var created = (CreateSessionResult.Created)await Invitations.CreateAsync(by ?? Ada, new("Grace Hopper"));
        return (created.Session, created.Link!);
    }

    public async Task<(Session Session, ConnectionLink Link)> InviteAsync(NewInvitation? invitation = null)
    {
        var input = new NewSession("Grace Hopper") { Invitation = invitation ?? new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        var created = (CreateSessionResult.Created)await Invitations.CreateAsync(Ada, input, Compose);
        return (created.Session, created.Link!);
    }

    public async Task<JoinResult.Joined> JoinAsync(ConnectionLink link, string? instance = null) =>
        (JoinResult.Joined)await Customers.JoinAsync(link.Token!, instance);

    /// <summary>A session whose customer waits.</summary>
    public async Task<(SessionId Id, ConnectionLink Link, AppletKey Key)> WaitingAsync()
    {
        var (session, link) = await CreateAsync();
        var joined = await JoinAsync(link, "applet-1");
        await Applets.ReadyAsync(session.Id, joined.Key, "GRACE-PC", null);
        return (session.Id, link, joined.Key);
    }

    public async Task<Session> FindAsync(SessionId id) => (await Directory.FindAsync(Ada, id))!;

    public void Dispose() => services.Dispose();
}
