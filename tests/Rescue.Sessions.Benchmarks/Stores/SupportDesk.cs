using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>The library as a host has it, in memory unless it is told otherwise.</summary>
internal sealed class SupportDesk : IDisposable
{
    // A durable store asks for a key that outlives the process.
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly ServiceProvider services;
    private readonly TimeProvider time;

    public SupportDesk(Action<RescueSessionsBuilder>? configure = null)
    {
        var collection = new ServiceCollection();
        var builder = collection.AddRescueSessions(Configure);
        configure?.Invoke(builder);
        services = collection.BuildServiceProvider();
        time = services.GetRequiredService<TimeProvider>();
        Store = services.GetRequiredService<ISessionStore>();
        Policy = services.GetRequiredService<PermissionPolicy>();
    }

    public IServiceProvider Services => services;

    public ISessionStore Store { get; }

    public PermissionPolicy Policy { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Options under which one technician may make any number of sessions.</summary>
    public static void Configure(RescueSessionsOptions options)
    {
        options.Codes.PublicBaseUri = new("https://help.example.org/");
        options.Codes.PinLength = 9;
        options.Codes.Keys.Add(Key);
        options.Codes.IssueLimit = 0;
        options.Codes.RepeatWindow = TimeSpan.Zero;
        options.Permissions.Groups.Add(new() { Name = "support", Grants = [.. Enum.GetValues<ConnectionRight>()] });
    }

    /// <summary>Makes so many sessions of different customers, and keeps nothing of them outside of the store.</summary>
    public Task FillAsync(int count) => MakeAsync(services, count, tenants: null, (_, _) => { });

    /// <summary>Makes so many sessions of different customers.</summary>
    public async Task<SessionId[]> CreateAsync(int count)
    {
        var ids = new SessionId[count];
        await MakeAsync(services, count, tenants: null, (number, made) => ids[number] = made.Session.Id);
        return ids;
    }

    /// <summary>Makes so many sessions in a host and answers their links too.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="count">How many.</param>
    /// <param name="tenants">Whose they are in turn; null for the only one's.</param>
    public static async Task<(SessionId Id, ConnectionLink Link)[]> CreateLinksAsync(IServiceProvider services, int count, IReadOnlyList<string>? tenants = null)
    {
        var links = new (SessionId, ConnectionLink)[count];
        await MakeAsync(services, count, tenants, (number, made) => links[number] = (made.Session.Id, made.Link!));
        return links;
    }

    private static async Task MakeAsync(IServiceProvider services, int count, IReadOnlyList<string>? tenants, Action<int, CreateSessionResult.Created> keep)
    {
        var invitations = services.GetRequiredService<SupportInvitations>();
        Technician[] inTurn = [.. (tenants ?? [Technician.DefaultTenant]).Select(tenant => new Technician("ada", "Ada Lovelace") { Groups = ["support"], Tenant = tenant })];
        for (var number = 0; number < count; number++)
            keep(number, (CreateSessionResult.Created)await invitations.CreateAsync(inTurn[number % inTurn.Length], new($"Customer {number}")));
    }

    public void Dispose() => services.Dispose();
}
