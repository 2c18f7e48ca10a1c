namespace Rescue.Sessions.Applet.Credentials;

/// <summary>The 128-bit token of a connection link: too large to guess, so the server may explain a refusal.</summary>
public sealed class LinkCredential : SessionCredential
{
    internal LinkCredential(Uri server, string token) : base(server) => Token = token;

    internal string Token { get; }

    /// <summary>The server and a mask, never the token.</summary>
    public override string ToString() => $"Link *** at {Server}";
}
