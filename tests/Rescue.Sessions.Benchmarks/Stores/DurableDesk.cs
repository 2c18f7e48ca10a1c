using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>The library on a database, as a host has it but for what runs in the background.</summary>
sealed class DurableDesk : IAsyncDisposable
{
    private const int MailBytes = 9 * 1024;

    private static readonly Technician Ada = new("ada", "Ada Lovelace") { Groups = ["support"] };

    private readonly ServiceProvider services;

    private DurableDesk(ServiceProvider services) => this.services = services;

    public static async Task<DurableDesk> OpenAsync(Action<DbContextOptionsBuilder> engine)
    {
        var collection = new ServiceCollection();
        collection.AddRescueSessions(options =>
        {
            SupportDesk.Configure(options);
            options.Invitations.RecipientLimit = 0;
            options.Codes.Keys.Add(Convert.ToBase64String(new byte[32]));
        }).UseEntityFrameworkCore(engine);
        var services = collection.BuildServiceProvider();
        foreach (var starting in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await starting.StartingAsync(default);
        return new(services);
    }

    /// <summary>Makes a session with a mail of 9 KB.</summary>
    public async Task<(SessionId Id, LinkToken Token)> InviteAsync()
    {
        var input = new NewSession("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        var created = (CreateSessionResult.Created)await services.GetRequiredService<SupportSessions>().CreateAsync(Ada, input, Compose);
        return (created.Session.Id, created.Link!.Token!);
    }

    public async Task JoinAsync(LinkToken token)
    {
        if (await services.GetRequiredService<CustomerSessions>().JoinAsync(token, "applet-1") is not JoinResult.Joined)
            throw new InvalidOperationException("A link that nobody has used was refused.");
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>The values of one row, by column.</summary>
    public static async Task<Dictionary<string, object>> ReadRowAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 1";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue);
    }

    private static ComposedInvitation Compose(Session session, ConnectionLink link) => new(
        new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = session.CreatedAt, To = "grace@example.org" }, "mail", new byte[MailBytes]);
}
