namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>One request of a browser.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path.</param>
/// <param name="IsSignedIn">Whether the technician's cookie came with it.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Location">Where the answer leads.</param>
internal sealed record LoggedRequest(string Method, string Path, bool IsSignedIn, int Status, string Location)
{
    /// <summary>Whether nothing was done: a person who is not signed in is sent to the sign-in.</summary>
    public bool IsRefused => Status >= 400 || (!IsSignedIn && Status == 302 && Location == "/signin");
}
