using HelpDesk.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Inbox;

internal static class InboxEndpoints
{
    /// <summary>Pages that show captured mail. Only in Development: what is captured holds codes, and anybody may look.</summary>
    public static IEndpointConventionBuilder MapInbox(this WebApplication app)
    {
        var group = app.MapGroup("/inbox").ExcludeFromDescription();
        if (!app.Environment.IsDevelopment())
            return group;

        group.MapGet("/", List).WithPageSecurity();
        group.MapGet("/messages", Messages).WithPageSecurity();
        group.MapGet("/{id}", Message).WithPageSecurity();
        group.MapGet("/{id}/html", Html).WithPageSecurity(ContentSecurityPolicy.Mail);
        group.MapGet("/{id}/raw", Raw).WithPageSecurity(ContentSecurityPolicy.Mail);
        return group;
    }

    private static RazorComponentResult List(HttpContext http, CapturedMessages messages) =>
        http.Page<InboxPage>(new Dictionary<string, object?> { [nameof(InboxPage.Messages)] = messages.NewestFirst() });

    /// <summary>For tests: the messages to a recipient (<paramref name="to"/>), or those that came after a given one (<paramref name="after"/>).</summary>
    private static IResult Messages(CapturedMessages messages, string? to, long? after) =>
        Results.Json(messages.NewestFirst()
            .TakeWhile(message => after is null || message.Number > after)
            .Where(message => to is null || message.Recipients.Contains(to, StringComparer.OrdinalIgnoreCase))
            .Select(MessageSummary.Of));

    private static RazorComponentResult Message(HttpContext http, CapturedMessages messages, string id, string? view) =>
        messages.Find(id) is { } message
            ? http.Page<MessagePage>(new Dictionary<string, object?> { [nameof(MessagePage.Message)] = message, [nameof(MessagePage.View)] = view })
            : http.Page<NoMessagePage>(statusCode: StatusCodes.Status404NotFound);

    private static IResult Html(CapturedMessages messages, string id) =>
        messages.Find(id)?.Content is { Html: { } html, Images: var images }
            ? Results.Text(MailHtml.WithImages(MailHtml.WithLinksInNewTabs(html), images), "text/html; charset=utf-8")
            : Results.NotFound();

    private static IResult Raw(CapturedMessages messages, string id) =>
        messages.Find(id) is { } message ? Results.Bytes(message.Source, "message/rfc822", $"message-{message.Id}.eml") : Results.NotFound();
}
