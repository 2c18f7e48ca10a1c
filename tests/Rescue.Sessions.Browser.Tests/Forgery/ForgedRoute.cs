namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>A route that changes something, with what would change it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, its ids filled in.</param>
/// <param name="Json">The body that the route understands.</param>
/// <param name="Form">The same for a route that takes a form.</param>
/// <param name="IsSignIn">Whether it decides who is signed in: nobody would have anything more to try after it.</param>
internal sealed record ForgedRoute(string Method, string Path, string Json, IReadOnlyDictionary<string, string> Form, bool IsSignIn);
