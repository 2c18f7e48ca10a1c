namespace Rescue.Sessions.Applet.Joining;

internal sealed record JoinResponse(string? SessionId, string? AppletKey, string? Terms = null, string? Technician = null)
{
    private const int MaxLength = 1024;

    /// <summary>Whether the service can be asked with id and key: an address and a header hold no more than visible ASCII characters.</summary>
    public bool IsUsable => IsOpaque(SessionId) && IsOpaque(AppletKey);

    public override string ToString() => "JoinResponse ***";

    private static bool IsOpaque(string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
