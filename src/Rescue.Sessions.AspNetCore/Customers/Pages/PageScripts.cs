using Rescue.Sessions.AspNetCore.Html;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>What a page with scripts has besides the others.</summary>
/// <param name="Head">The elements that load them.</param>
/// <param name="MainAttributes">What they find on <c>main</c>, with a blank in front.</param>
/// <param name="Policy">What the content security policy lets them do, with a semicolon in front.</param>
internal sealed record PageScripts(HtmlFragment Head, HtmlFragment MainAttributes, string Policy);
