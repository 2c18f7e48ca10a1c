namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>What the attack left in the browser: a page that signs somebody in as somebody else has changed something too.</summary>
/// <param name="CookiesBefore">The product's cookies before.</param>
/// <param name="Cookies">And after.</param>
public sealed record ForgeryAttempt(IReadOnlyList<string> CookiesBefore, IReadOnlyList<string> Cookies);
