using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Benchmarks.Stores;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>The library on a database, and one session with an invitation of 9 KB, from which any number of like ones are made.</summary>
internal sealed class DurableDesk : IDisposable
{
    private const int PayloadBytes = 9 * 1024;

    private readonly SupportDesk desk;
    private readonly SessionCreation example;

    private DurableDesk(SupportDesk desk, SessionCreation example)
    {
        this.desk = desk;
        this.example = example;
    }

    public ISessionStore Store => desk.Store;

    public DateTimeOffset Now => desk.Now;

    /// <summary>The session that the others are like.</summary>
    public SessionId Example => example.Session.Session.Id;

    public static async Task<DurableDesk> OpenAsync(Action<DbContextOptionsBuilder> configure)
    {
        var desk = new SupportDesk(builder => builder.UseEntityFrameworkCore(configure, directConnections: true));
        foreach (var service in desk.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(CancellationToken.None);
        var created = (CreateSessionResult.Created)await desk.Services.GetRequiredService<SupportInvitations>().CreateAsync(
            new("ada", "Ada Lovelace") { Groups = ["support"] },
            new("Grace Hopper") { Reference = "T-1906", Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } },
            (session, _) => new(
                new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = session.CreatedAt, To = "grace@example.org" },
                "email", RandomNumberGenerator.GetBytes(PayloadBytes)));
        var id = created.Session.Id;
        var stored = await desk.Store.FindAsync(SessionSelector.ById(id));
        var history = await desk.Store.ReadEventsAsync(new() { Session = id });
        var claims = await desk.Store.ClaimAsync(desk.Now, desk.Now.AddHours(1), 1);
        return new(desk, new(stored!, history.Events.Single(), [.. claims.Select(claim => claim.Message)]));
    }

    /// <summary>Another session with all that is stored together with it.</summary>
    public SessionCreation Next()
    {
        var id = SessionId.New(Now);
        return new(
            example.Session with
            {
                Session = example.Session.Session with { Id = id },
                PinHashes = [NextHash()],
                TokenHashes = [NextHash()],
            },
            example.Event with { Session = id },
            [.. example.Messages.Select(message => message with { Id = Guid.NewGuid(), Session = id })]);
    }

    public static KeyedHash NextHash() => KeyedHash.FromByteArray(RandomNumberGenerator.GetBytes(KeyedHash.ByteLength));

    public void Dispose() => desk.Dispose();
}
