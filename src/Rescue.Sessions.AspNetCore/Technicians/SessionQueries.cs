using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What technicians can look up.</summary>
internal static class SessionQueries
{
    private static readonly ConnectionRight[] AllRights = Enum.GetValues<ConnectionRight>();

    // Less than a console waits for an answer.
    private static readonly TimeSpan LanguagePatience = TimeSpan.FromSeconds(4);

    [Operation("getMe", "Who is signed in, and with which rights.")]
    [Answers(StatusCodes.Status200OK, "The technician.", Type = typeof(MeView))]
    public static async Task<IResult> MeAsync(
        HttpContext context,
        PermissionPolicy policy,
        SupportInvitations invitations,
        IOptionsMonitor<RescueSessionsOptions> options,
        TimeProvider time,
        [FromServices] EmailInvitations? emails,
        [FromServices] SmsInvitations? texts)
    {
        var technician = TechnicianFilter.Of(context);
        var decision = await policy.DecideAsync(technician, AllRights, context.RequestAborted).ConfigureAwait(false);
        var rights = AllRights.Except(decision.Missing.Select(missing => missing.Right)).ToArray();
        var reference = ReferenceView.Of(invitations.FindReferenceRule(technician));
        var (language, languageOfTexts) = await FindLanguagesAsync(context, technician, emails, texts, time).ConfigureAwait(false);
        var sms = texts is { HasGateway: true } ? new SmsView(texts.Languages, languageOfTexts) : null;
        return TypedResults.Json(
            new MeView(technician.Id, technician.Tenant, technician.Name, technician.Email, rights, emails?.Languages, language, options.CurrentValue.Codes.PinLength, reference, sms),
            TechnicianJson.Default.MeView);
    }

    // In which language messages go out is no reason to keep a technician from their console, while the host's own function fails that knows organisations, or does not answer.
    private static async Task<(string? OfMail, string? OfTexts)> FindLanguagesAsync(
        HttpContext context, Technician technician, EmailInvitations? emails, SmsInvitations? texts, TimeProvider time)
    {
        try
        {
            return await FindAsync().WaitAsync(LanguagePatience, time, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not SessionStoreException && !context.RequestAborted.IsCancellationRequested)
        {
            ProblemLog.Of(context).LanguageUnread(failure);
            return default;
        }

        async Task<(string?, string?)> FindAsync() => (
            emails is null ? null : await emails.FindLanguageAsync(technician, context.RequestAborted).ConfigureAwait(false),
            texts is { HasGateway: true } ? await texts.FindLanguageAsync(technician, context.RequestAborted).ConfigureAwait(false) : null);
    }

    [Operation("listSessions", "The tenant's sessions, newest first, in pages.")]
    [Query("status", "Only sessions in one of these statuses, with commas between them.", OneOf = typeof(SessionStatus), IsList = true)]
    [Query("search", "Only sessions with this text in the customer's name, in the reference, or in what a request for help is about. One that no index finds, such as one of one or two characters, is looked for among the newest 10,000.")]
    [Query("reference", "Only sessions with this reference, the whole of it, whatever its case, such as all those of a ticket. One of a single character may be looked for among the newest 10,000.")]
    [Query("after", "The `next` of the page before.")]
    [Query(PageLimit.Name, "How many sessions a page has; 50 when it is left out.", Most = SessionQuery.MaxLimit)]
    [Answers(StatusCodes.Status200OK, "A page.", Type = typeof(SessionListView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> ListAsync(
        HttpContext context, SessionDirectory directory, string? status, string? search, string? reference, string? after, string? limit)
    {
        var technician = TechnicianFilter.Of(context);
        var problems = new List<FieldProblem>();
        var query = new SessionQuery
        {
            Tenant = technician.Tenant,
            Statuses = Statuses(status, problems),
            Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
            Reference = string.IsNullOrWhiteSpace(reference) ? null : reference.Trim(),
            After = After(after, problems),
            Limit = Limit(limit, problems),
        };
        if (problems.Count > 0)
            return ProblemResults.Invalid(problems);
        var page = await directory.ListAsync(technician, query, context.RequestAborted).ConfigureAwait(false);
        var next = page.Length == query.Limit ? page[^1].Id.ToString() : null;
        return TypedResults.Json(new SessionListView([.. page.Select(session => SessionView.Of(session, technician))], next), TechnicianJson.Default.SessionListView);
    }

    [Operation("getSession", "A session with its history and, for those who may send them, PIN and link while they are live.")]
    [Answers(StatusCodes.Status200OK, "The session.", Type = typeof(SessionView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.SessionNotFound)]
    public static async Task<IResult> FindAsync(HttpContext context, SessionDirectory directory, string id)
    {
        var technician = TechnicianFilter.Of(context);
        if (!SessionId.TryParse(id, out var sessionId)
            || await directory.FindDetailsAsync(technician, sessionId, context.RequestAborted).ConfigureAwait(false) is not { } details)
        {
            return ProblemResults.NotFound();
        }

        var view = SessionView.Of(details.Session, technician, details.HandOver) with
        {
            History = HistoryView.Of(details.History), Pin = details.Link?.Pin.Digits, Link = details.Link?.ToUri().AbsoluteUri,
        };
        return TypedResults.Json(view, TechnicianJson.Default.SessionView);
    }

    private static List<SessionStatus> Statuses(string? text, List<FieldProblem> problems)
    {
        var statuses = new List<SessionStatus>();
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Numbers are refused: TryParse alone would take them.
            if (char.IsLetter(name[0]) && Enum.TryParse<SessionStatus>(name, ignoreCase: true, out var status))
                statuses.Add(status);
            else
                problems.Add(new("status", $"'status' must be one of: {string.Join(", ", Enum.GetNames<SessionStatus>().Select(Camel))}."));
        }

        return statuses;
    }

    private static SessionId? After(string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (SessionId.TryParse(text, null, out var id))
            return id;
        problems.Add(new("after", "'after' must be the 'next' of the page before."));
        return null;
    }

    private static int Limit(string? text, List<FieldProblem> problems)
    {
        const int Default = 50;
        if (PageLimit.Read(text, Default, SessionQuery.MaxLimit) is { } limit)
            return limit;
        problems.Add(PageLimit.Problem(SessionQuery.MaxLimit));
        return Default;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
