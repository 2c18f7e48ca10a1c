using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>/rescue/sessions/{id}/guests</c>: who takes part beside technician and customer.</summary>
internal static class GuestInvitations
{
    private const int MaxBody = 1024;
    private const string Details = "The link is told this once. It ends at its time, with the session, or when it is taken back.";

    [Operation("inviteGuest", "Invites a colleague, or an expert from outside, into an open session by a timed link.", Details = Details)]
    [Takes(typeof(InviteGuestBody))]
    [Answers(StatusCodes.Status201Created, "The guest, with the link.", Type = typeof(GuestView))]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MissingRights)]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.SessionNotFound)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static async Task<IResult> InviteAsync(HttpContext context, SupportGuests guests, string id)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, TechnicianJson.Default.InviteGuestBody, MaxBody, validate: given => guests.Validate(GuestOf(given))).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        if (!SessionId.TryParse(id, out var session))
            return ProblemResults.NotFound();
        var result = await guests.InviteAsync(TechnicianFilter.Of(context), session, GuestOf(body), context.RequestAborted).ConfigureAwait(false);
        if (result is not SessionResult.Invited made)
            return SessionVerbs.RefusalOf(context, result);
        return TypedResults.Json(
            GuestView.Of(made.Guest, made.HandOver) with { Link = made.Link.AbsoluteUri }, TechnicianJson.Default.GuestView, statusCode: StatusCodes.Status201Created);
    }

    private static NewGuest GuestOf(InviteGuestBody body) => new(body.Name ?? "", body.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);

    [Operation("listGuests", "Who was invited into a session, those whose visit is over among them.")]
    [Answers(StatusCodes.Status200OK, "In the order in which they were invited.", Type = typeof(GuestListView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.SessionNotFound)]
    public static async Task<IResult> ListAsync(HttpContext context, SessionDirectory directory, string id)
    {
        if (!SessionId.TryParse(id, out var session)
            || await directory.FindAsync(TechnicianFilter.Of(context), session, context.RequestAborted).ConfigureAwait(false) is not { } found)
        {
            return ProblemResults.NotFound();
        }

        return TypedResults.Json(new GuestListView(GuestView.Of(found, null) ?? []), TechnicianJson.Default.GuestListView);
    }

    [Operation("revokeGuest", "Ends a guest's visit, or takes their link back.")]
    [Part("guest", "The guest's id.")]
    [Answers(StatusCodes.Status200OK, "The session as it is now.", Type = typeof(SessionView))]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MissingRights)]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.SessionNotFound, ProblemCode.GuestNotFound)]
    public static async Task<IResult> RevokeAsync(HttpContext context, SupportGuests guests, SessionDirectory directory, string id, string guest)
    {
        if (!SessionId.TryParse(id, out var session))
            return ProblemResults.NotFound();
        var technician = TechnicianFilter.Of(context);
        var result = await guests.RevokeAsync(technician, session, guest, context.RequestAborted).ConfigureAwait(false);
        // Whoever sees the session is not told that it is gone.
        return result is SessionResult.NotFound && await directory.FindAsync(technician, session, context.RequestAborted).ConfigureAwait(false) is not null
            ? NoSuchGuest()
            : SessionVerbs.Of(context, result);
    }

    private static IResult NoSuchGuest() => ProblemResults.Of(StatusCodes.Status404NotFound, new()
    {
        Code = ProblemCode.GuestNotFound, Title = "The session has no such guest.", Detail = "GET /rescue/sessions/{id}/guests lists who was invited.",
    });
}
