using Rescue.Sessions;
using Rescue.Sessions.Asking;

namespace Guides.Tests.Snippets;

internal static class Concepts
{
    public static async Task<string> InviteAsync(SupportGuests guests, Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var invited = await guests.InviteAsync(technician, id, new NewGuest("Katherine Johnson", TimeSpan.FromMinutes(30)), cancellationToken);
        return invited is SessionResult.Invited { Link: var link } ? link.AbsoluteUri : $"{invited}";
    }

    public static void AskForReference(RescueSessionsOptions options, Tickets tickets)
    {
        options.References.IsRequired = true;
        options.References.Pattern = "INC-[0-9]{1,8}";
        options.References.Example = "INC-42";
        options.References.Check = async (technician, reference, cancellationToken) =>
            await tickets.IsOpenAsync(reference, cancellationToken) ? null : $"There is no open ticket {reference}.";
    }

    public static void LetCustomersAsk(RescueSessionsOptions options)
    {
        options.Requests.IsEnabled = true;
        options.Requests.Email = RequestField.Optional;               // by which technicians can reach them; nothing is sent to it
        options.Requests.Reference = RequestField.Optional;
        options.TenantRequests["globex"] = new() { IsEnabled = false };
    }

    public static int Ask(Session session, Technician technician)
    {
        var permitted = SupportSessions.PermittedFor(technician, session);
        return permitted.Length;
    }

    public static async Task<string> StartAsync(SupportSessions sessions, Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var text = await sessions.StartAsync(technician, id, cancellationToken) switch
        {
            SessionResult.Done done => $"Active, with the secret {done.HandOver}",
            SessionResult.AlreadyStarted faster => $"{faster.StartedBy.Name} was faster, at {faster.StartedAt:t}",
            SessionResult.NotPermitted refused => $"Not while it is {refused.Session.Status}",
            SessionResult.AtCapacity full => $"You hold {full.Capacity} sessions already",
            SessionResult.Refused(var reason) => $"Refused: {reason}",
            var other => $"{other}",
        };
        return text;
    }

    public abstract class Tickets
    {
        public abstract ValueTask<bool> IsOpenAsync(string number, CancellationToken cancellationToken);
    }
}
