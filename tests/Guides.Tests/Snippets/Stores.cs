using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.EntityFrameworkCore;
using Rescue.Sessions.Hosting;

namespace Guides.Tests.Snippets;

internal static class Stores
{
    public static RescueSessionsBuilder Sqlite(RescueSessionsBuilder support) => support
        .UseEntityFrameworkCore(database => database.UseSqlite("Data Source=/var/lib/helpdesk/helpdesk.db"))
        .AddEmail();

    public static RescueSessionsBuilder PostgreSql(RescueSessionsBuilder support, IConfiguration configuration) => support
        .UseEntityFrameworkCore(database => database.UseNpgsql(configuration.GetConnectionString("HelpDesk")), directConnections: true)
        .AddEmail();

    public static RescueSessionsBuilder OwnMigrations(RescueSessionsBuilder support, IConfiguration configuration) => support
        .UseEntityFrameworkCore(database => database.UseNpgsql(configuration.GetConnectionString("HelpDesk")), upgradeSchema: false)
        .AddEmail();

    public static void Key(RescueSessionsOptions options, IConfiguration configuration)
    {
        options.Codes.Keys.Add(configuration["CodeKey"]!);   // openssl rand -base64 32
    }

    public static async Task JoinAsync(Tickets tickets, Ticket ticket, SupportInvitations invitations, Technician technician, CancellationToken cancellationToken)
    {
        await using var transaction = await tickets.Database.BeginTransactionAsync(cancellationToken);
        tickets.Add(ticket);
        await tickets.SaveChangesAsync(cancellationToken);
        using (HostTransaction.Join(transaction.GetDbTransaction()))
            await invitations.CreateAsync(technician, new NewSession(ticket.Customer) { Reference = ticket.Number }, cancellationToken: cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

internal sealed record Ticket(string Number, string Customer, string Address);

internal sealed class Tickets : DbContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddRescueSessions();
}
