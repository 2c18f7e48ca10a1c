using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Applet.Credentials;

/// <summary>Reads where a server is. Codes go there, so it is https; http is for this machine only.</summary>
public static class ServerAddress
{
    /// <summary>
    /// Reads a server's base address, or the address of its customer page, whose part before <c>Customer</c> it is. Without a scheme,
    /// https is meant.
    /// </summary>
    /// <param name="text">The address, as it was typed or pasted.</param>
    /// <param name="server">The base address, ending in a slash, when the answer is true.</param>
    /// <param name="problem">What is wrong, when the answer is false.</param>
    /// <returns>Whether the text is a server's address.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? server, out CredentialProblem problem)
    {
        server = null;
        var typed = ConnectionLink.Unwrap(text);
        if (typed.Length == 0)
        {
            problem = CredentialProblem.Empty;
            return false;
        }

        var full = typed.Contains("://", StringComparison.Ordinal) ? typed : "https://" + typed;
        problem = Check(Uri.TryCreate(full, UriKind.Absolute, out var page) ? ConnectionLink.BaseOf(page) ?? page : null, out server);
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
}
