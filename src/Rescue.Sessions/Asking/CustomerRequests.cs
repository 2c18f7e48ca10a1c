using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>
/// Lets customers ask for help themselves, where the host offers it (<see cref="RequestOptions.IsEnabled"/>): they get a session of their own that nobody has made
/// or owns, which is in the queue of all their tenant's technicians until one of them starts it, or until nobody has for <see cref="RequestOptions.Waiting"/>.
/// Thread-safe.
/// </summary>
public sealed class CustomerRequests
{
    // As long as somebody may go back to a page and send it again.
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromMinutes(10);

    // As long as anybody has by default.
    private static readonly TimeSpan LongestConnecting = new TimeoutOptions().Connecting;

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly NewSessions newSessions;
    private readonly LiveLinks links;
    private readonly TimeoutSelection timeouts;
    private readonly References references;
    private readonly RequestBudget budget;
    private readonly IOptionsMonitor<IAskingOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal CustomerRequests(
        ISessionStore store,
        SessionSecrets secrets,
        NewSessions newSessions,
        LiveLinks links,
        TimeoutSelection timeouts,
        References references,
        RequestBudget budget,
        IOptionsMonitor<IAskingOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.newSessions = newSessions;
        this.links = links;
        this.timeouts = timeouts;
        this.references = references;
        this.budget = budget;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>What a tenant's customers are asked for; null where they cannot ask for help themselves.</summary>
    public RequestRule? FindRule(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var offered = Of(tenant);
        return offered.IsEnabled ? new(offered.Email, offered.Reference, references.ExampleOf(tenant)) : null;
    }

    /// <summary>Every problem of a request, by field; empty when there is none.</summary>
    public IReadOnlyList<FieldProblem> Validate(NewCustomerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var offered = Of(request.Tenant);
        return ProblemsOf(request, SessionOf(request, offered), offered);
    }

    /// <summary>Asks for help. The session is there for its customer to join, as with any link; technicians hear of it at once.</summary>
    /// <param name="request">Who asks whom, and for what.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same, and the same form then finds it.</param>
    public async ValueTask<AskResult> AskAsync(NewCustomerRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var offered = Of(request.Tenant);
        if (!offered.IsEnabled)
            return AskResult.NotOffered.Instance;
        var session = SessionOf(request, offered);
        if (ProblemsOf(request, session, offered) is [_, ..] problems)
            return new AskResult.Refused(new Refusal.Invalid(problems));

        var address = await links.FindBaseForCustomerAsync(request.Tenant, cancellationToken).ConfigureAwait(false);
        KeyedHash? form = request.Form is null ? null : secrets.Keys.HashRequest(TextOf(request, session))[0];
        if (await budget.TryTakeAsync(request, cancellationToken).ConfigureAwait(false) is { } retryAfter)
            return await FindRepeatedAsync(form, address, cancellationToken).ConfigureAwait(false) ?? TooMany(retryAfter);

        SessionCreationResult result;
        ConnectionLink link;
        try
        {
            (result, link) = await StoreAsync(request, session, offered, form, address, cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreException) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever is asked to send it again has not asked twice.
            await budget.ReturnAsync(request).ConfigureAwait(false);
            throw;
        }

        if (result.Outcome == SessionCreationOutcome.Repeated)
        {
            await budget.ReturnAsync(request).ConfigureAwait(false);
            return Repeat(result.Session!, address);
        }

        telemetry.Requested(result.Session!.Session);
        return new AskResult.Asked(result.Session.Session, link, IsRepeat: false);
    }

    private async ValueTask<(SessionCreationResult Result, ConnectionLink Link)> StoreAsync(
        NewCustomerRequest request, NewSession session, RequestOptions offered, KeyedHash? form, Uri address, CancellationToken cancellationToken)
    {
        var (chosen, validity) = await timeouts.ForAsync(request.Tenant, [], cancellationToken).ConfigureAwait(false);
        var draft = newSessions.Draft(request.Tenant, maker: null, session, TimesOf(chosen, offered), validity) with
        {
            Language = request.Language, Request = new(request.NormalTopic, offered.Email == RequestField.Hidden ? null : request.NormalEmail),
        };
        RecentRequest? recent = form is { } hash ? new(hash, draft.CreatedAt + RepeatWindow) : null;
        return await newSessions.StoreAsync(draft, creator: null, session, recent, address, compose: null, cancellationToken).ConfigureAwait(false);
    }

    private RequestOptions Of(string tenant) =>
        options.CurrentValue.TenantRequests.TryGetValue(tenant, out var own) ? own : options.CurrentValue.Requests;

    // Strangers make these sessions, and nobody has invited them: one whose customer joins and is never ready must end too, whatever holds for invitations.
    private static SessionTimeouts TimesOf(SessionTimeouts chosen, RequestOptions offered) => chosen with
    {
        Waiting = offered.Waiting,
        Connecting = chosen.Connecting > TimeSpan.Zero ? chosen.Connecting : LongestConnecting,
    };

    // What a customer is not asked for is not kept.
    private static NewSession SessionOf(NewCustomerRequest request, RequestOptions offered) =>
        new(request.CustomerName) { Reference = offered.Reference == RequestField.Hidden ? null : request.Reference };

    private ImmutableArray<FieldProblem> ProblemsOf(NewCustomerRequest request, NewSession session, RequestOptions offered)
    {
        ImmutableArray<FieldProblem> problems = [.. RequestRules.Problems(request, session, offered)];
        return !problems.Any(problem => problem.Field == References.Field) && references.ProblemOfForm(request.Tenant, session.NormalReference) is { } problem
            ? problems.Add(problem)
            : problems;
    }

    // A double click is answered although the limits are spent: it makes nothing.
    private async ValueTask<AskResult?> FindRepeatedAsync(KeyedHash? form, Uri address, CancellationToken cancellationToken) => form is { } hash
        && await store.FindAsync(SessionSelector.ByRequest(hash, time.GetUtcNow()), cancellationToken).ConfigureAwait(false) is { } same
            ? Repeat(same, address)
            : null;

    private AskResult.Asked Repeat(StoredSession earlier, Uri address) => new(earlier.Session.Settle(time.GetUtcNow()), links.Of(earlier, address), IsRepeat: true);

    private AskResult.Refused TooMany(TimeSpan retryAfter)
    {
        telemetry.RequestsSpent();
        return new(new Refusal.TooMany(LimitedAction.AskForHelp, retryAfter));
    }

    private static byte[] TextOf(NewCustomerRequest request, NewSession session) =>
        RequestText.Of("request", request.Tenant, request.Form, session.NormalName, session.NormalReference, request.NormalTopic, request.NormalEmail);
}
