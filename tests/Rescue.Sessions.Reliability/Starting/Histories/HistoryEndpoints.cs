using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>Lets a run ask a node's store for single steps, which the product's own routes would word differently.</summary>
internal static class HistoryEndpoints
{
    public const string Path = "histories";

    public static void MapHistories(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, async (ISessionStore store, CancellationToken cancellationToken) =>
        {
            var creation = HistoryRun.NewSession();
            await store.CreateAsync(creation, cancellationToken);
            return TypedResults.Ok(new { id = creation.Session.Session.Id.ToString() });
        });
        endpoints.MapPost(Path + "/{id}", async (string id, HistoryStep step, ISessionStore store, CancellationToken cancellationToken) =>
        {
            var (guard, change) = step.Build();
            var selector = SessionSelector.ById(SessionId.Parse(id, null));
            return TypedResults.Ok(StepAnswer.Of(await store.TransitionAsync(selector, guard, change, cancellationToken)));
        });
    }
}
