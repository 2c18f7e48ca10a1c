using System.Globalization;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A session as the technician who made it was told.</summary>
internal sealed record MadeSession(string Id, string Link, DateTimeOffset ExpiresAt)
{
    /// <summary>What the applet shows to redeem the link.</summary>
    public string Token { get; } = Link[(Link.IndexOf("&k=", StringComparison.Ordinal) + 3)..];

    /// <summary>What a customer types.</summary>
    public string Pin { get; } = Link.Split("Code=")[1].Split('&')[0];

    public static MadeSession Of(NodeAnswer answer) => new(
        answer.Text("id")!, answer.Text("link")!, DateTimeOffset.Parse(answer.Text("expiresAt")!, CultureInfo.InvariantCulture));
}
