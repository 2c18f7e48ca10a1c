using System.Diagnostics.CodeAnalysis;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Applet.Credentials;

/// <summary>
/// What a customer joins with, and where: a <see cref="LinkCredential"/> or a <see cref="PinCredential"/>. Immutable; the secret masks
/// itself in <see cref="object.ToString"/>.
/// </summary>
public abstract class SessionCredential
{
    private protected SessionCredential(Uri server) => Server = server;

    /// <summary>The server's base address, ending in a slash: https, or http to this machine.</summary>
    public Uri Server { get; }

    /// <summary>
    /// Reads a connection link, or the one line of a <c>session.link</c> file:
    /// <c>https://HOST/Customer/Code.aspx?i=2&amp;Code=PIN&amp;k=TOKEN</c>. What mail and pasting do to a link is undone: words and
    /// brackets around it, another case, wrapped lines, escaped or repeated separators, invisible characters. The token decides where there is one; a link
    /// without it is as good as its PIN.
    /// </summary>
    /// <param name="text">The link.</param>
    /// <param name="credential">The credential, when the answer is true.</param>
    /// <param name="problem">What is wrong, when the answer is false.</param>
    /// <returns>Whether the text is a connection link.</returns>
    public static bool TryParseLink(string? text, [NotNullWhen(true)] out SessionCredential? credential, out CredentialProblem problem)
    {
        problem = ConnectionLink.Read(text, out credential);
        return credential is not null;
    }

    /// <summary>Whether a text is a PIN, as <see cref="TryParsePin"/> reads it.</summary>
    /// <param name="text">What was typed.</param>
    public static bool IsPin(string? text) => PinText.TryRead(text, out _);

    /// <summary>Reads a PIN as people type it: 6 to 12 digits of any script, with white space, dashes and invisible characters anywhere.</summary>
    /// <param name="text">The PIN.</param>
    /// <param name="server">The server's base address.</param>
    /// <param name="credential">The credential, when the answer is true.</param>
    /// <param name="problem">What is wrong, when the answer is false.</param>
    /// <returns>Whether the text is a PIN and the server is safe to send it to.</returns>
    public static bool TryParsePin(
        string? text, Uri? server, [NotNullWhen(true)] out SessionCredential? credential, out CredentialProblem problem)
    {
        credential = null;
        problem = ServerAddress.Check(server, out var address);
        if (problem != CredentialProblem.None)
            return false;

        problem = PinText.TryRead(text, out var pin) ? CredentialProblem.None
            : string.IsNullOrWhiteSpace(text) ? CredentialProblem.Empty
            : CredentialProblem.PinMalformed;
        if (problem == CredentialProblem.None)
            credential = new PinCredential(address, pin);
        return credential is not null;
    }
}
