using System.Security.Claims;
using System.Text;
using HelpDesk.Pages;
using HelpDesk.SignIn;
using HelpDesk.Technicians;
using Rescue.Sessions;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Finding;

namespace HelpDesk.AtActive;

/// <summary>
/// What the sample does at <c>Active</c>, and where a product puts its remote control: chat, and by the customer's choice their screen or camera. The
/// technician is known by the sign-in, the customer's page by the session's hand-over secret and a guest's by their own; when the session is not active,
/// nobody is let in, and when a visit is over, that guest is not.
/// </summary>
internal static partial class AssistEndpoints
{
    private const int LongestSecret = 64;

    // Over HTTP/2 a browser connects a WebSocket where it asks for one over HTTP/1.1.
    private static readonly string[] Lines = [HttpMethods.Get, HttpMethods.Connect];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddAtActive(this IServiceCollection services) => services.AddSingleton<AssistRooms>();

    public static void MapAtActive(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/assist").WithPageSecurity().ExcludeFromDescription();
        group.MapGet("", ShowPage);
        group.MapMethods("/technician/{id}", Lines, TechnicianAsync).EndWithSignIn();
        group.MapMethods("/customer", Lines, CustomerAsync);
        group.MapMethods("/guest", Lines, GuestAsync);
    }

    private static IResult ShowPage(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
        ? http.Page<AssistPage>(new Dictionary<string, object?> { [nameof(AssistPage.Technician)] = id })
        : Results.LocalRedirect("/signin");

    private static async Task TechnicianAsync(
        HttpContext http, string id, SessionDirectory sessions, SessionEvents events, AssistRooms rooms, TimeProvider time, ILogger<AssistRoom> logger)
    {
        if (TechnicianClaims.Read(http.User) is not { } technician)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!IsOwn(http))
            return;
        // Listening begins before the look, so that nothing is missed between the two.
        using var watch = await events.OpenWatchAsync(technician, after: null, http.RequestAborted);
        if (!SessionId.TryParse(id, null, out var session)
            || await sessions.FindDetailsAsync(technician, session, http.RequestAborted) is not { HandOver: { } secret } found)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Once the technician's browser knows that it is connected, others find the room.
        using var key = rooms.Open(found.Session, secret);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await using var line = new AssistLine(socket, time);
        using var leaving = WhileListening(http);
        var talk = key.Room.BringAsync(key.Room.Technician, line, leaving.Token);
        var end = FollowAsync(key.Room, watch, found.Session, update => events.HandOverOf(technician, update)?.Text == secret.Text, logger, leaving.Token);
        try
        {
            if (await Task.WhenAny(talk, end) == end)
            {
                // A window that hears no more of its session only leaves: another one may have the room.
                if (await end)
                    key.Room.End();
                else
                    key.Room.LetGo(key.Room.Technician, line);
            }

            await talk;
            await line.HangUpAsync();
        }
        finally
        {
            await leaving.CancelAsync();
            await end;
        }
    }

    private static async Task CustomerAsync(HttpContext http, AssistRooms rooms, TimeProvider time)
    {
        if (!IsOwn(http))
            return;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await using var line = new AssistLine(socket, time);
        using var leaving = WhileListening(http);
        if (await ReadSecretAsync(line, leaving.Token) is { } secret && rooms.Find(secret) is { } room)
            await room.BringAsync(room.Customer, line, leaving.Token);
        await line.HangUpAsync();
    }

    private static async Task GuestAsync(HttpContext http, AssistRooms rooms, TimeProvider time)
    {
        if (!IsOwn(http))
            return;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await using var line = new AssistLine(socket, time);
        using var leaving = WhileListening(http);
        if (await ReadSecretAsync(line, leaving.Token) is { } secret && rooms.FindGuest(secret, time.GetUtcNow()) is var (room, guest))
        {
            var person = AssistPerson.Of(guest);
            // Time alone makes no event at once.
            var left = guest.ExpiresAt - time.GetUtcNow();
            var end = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, leaving.Token);
            try
            {
                var talk = room.BringAsync(person, line, leaving.Token);
                if (await Task.WhenAny(talk, end) == end)
                    room.LetGo(person, line);
                await talk;
            }
            finally
            {
                await leaving.CancelAsync();
            }
        }

        await line.HangUpAsync();
    }

    // Over HTTP/2 the stop of the host does not end what is read, and would wait for it.
    private static CancellationTokenSource WhileListening(HttpContext http) =>
        CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    // The secret is the first message: it stands in no address, and so in no log.
    private static async Task<string?> ReadSecretAsync(AssistLine line, CancellationToken leaving)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        patience.CancelAfter(Patience);
        try
        {
            return await line.ReceiveAsync(patience.Token) is { Length: <= LongestSecret } secret ? Encoding.UTF8.GetString(secret.Span) : null;
        }
        catch (OperationCanceledException)
        {
            // Too late, or gone.
            return null;
        }
    }

    // Held, transferred, closed, the network lost: whatever takes the secret away ends the room. Guests come and go meanwhile.
    // True when that was it; false when the technician has left first, or can be told no more by this watch.
    private static async Task<bool> FollowAsync(
        AssistRoom room, SessionWatch watch, Session found, Func<SessionUpdate, bool> isActive, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in watch.ReadAsync(cancellationToken))
            {
                // What other listeners have let the feed read a moment ago may be older than the look.
                if (update.Event.Session != found.Id || update.Session?.Version < found.Version)
                    continue;
                if (!isActive(update))
                    return true;
                if (update.Session is { } now)
                    room.See(now);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The technician has left first.
        }
        catch (Exception failure)
        {
            NotFollowed(logger, failure);
        }

        return false;
    }

    // A WebSocket is a GET to the browser, which sends cookies with it from pages of a sibling host too.
    private static bool IsOwn(HttpContext http)
    {
        var isOwn = http.WebSockets.IsWebSocketRequest
            && Uri.TryCreate(http.Request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && http.Request.Host.Value == (origin.IsDefaultPort ? origin.Host : $"{origin.Host}:{origin.Port}");
        if (!isOwn)
            http.Response.StatusCode = http.WebSockets.IsWebSocketRequest ? StatusCodes.Status403Forbidden : StatusCodes.Status426UpgradeRequired;
        return isOwn;
    }

    [LoggerMessage(2, LogLevel.Warning, "A session at Active could not be followed; the technician's window was hung up on, and comes again")]
    private static partial void NotFollowed(ILogger logger, Exception failure);
}
