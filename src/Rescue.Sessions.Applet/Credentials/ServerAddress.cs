using System.Diagnostics.CodeAnalysis;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Applet.Credentials;

/// <summary>Reads where a server is. Codes go there, so it is https; http is for this machine only.</summary>
public static class ServerAddress
{
    /// <summary>
    /// Reads a server's base address, or the address of its customer page, whose part before <c>Customer</c> it is. Without a scheme,
    /// https is meant. What looks like a PIN is no address.
    /// </summary>
    /// <param name="text">The address, as it was typed or pasted.</param>
    /// <param name="server">The base address, ending in a slash, when the answer is true.</param>
    /// <param name="problem">What is wrong, when the answer is false.</param>
    /// <returns>Whether the text is a server's address.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? server, out CredentialProblem problem)
    {
        server = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = CredentialProblem.Empty;
            return false;
        }

        var page = Read(text);
        problem = Check(page is null ? null : ConnectionLink.BaseOf(page) ?? page, out server);
        return problem == CredentialProblem.None;
    }

    internal static CredentialProblem Check(Uri? address, out Uri server)
    {
        server = null!;
        if (address is not { IsAbsoluteUri: true, Scheme: "https" or "http", Host.Length: > 0, UserInfo.Length: 0 })
            return CredentialProblem.NotALink;
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            return CredentialProblem.Insecure;

        var root = address.GetLeftPart(UriPartial.Path);
        server = new Uri(root.EndsWith('/') ? root : root + '/');
        return CredentialProblem.None;
    }

    // A row of digits would be read as a number of the Internet Protocol; whoever types one means a PIN.
    private static Uri? Read(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? LinkText.Find(text)?.Page
        : !text.Any(char.IsLetter) && !text.Any(c => c is '.' or ':') ? null
        : text.Trim().Any(char.IsWhiteSpace) ? null
        : LinkText.Find("https://" + text.Trim())?.Page;
}
