using Rescue.Sessions.Applet;

namespace RescueApplet.Credentials;

/// <summary>What tells this user's servers who comes again, to each in another way.</summary>
/// <param name="Secret">What no server is told.</param>
/// <param name="Heir">What the first server would be told that was asked since this is kept; null where no instance of a version before was kept then.</param>
internal sealed record KeptSecret(AppletInstance Secret, string? Heir)
{
    /// <summary>A new one, made for a server.</summary>
    public static KeptSecret Create(Uri server, bool hasEarlier)
    {
        var secret = AppletInstance.Create();
        return new(secret, hasEarlier ? secret.For(server).Value : null);
    }

    /// <summary>Reads what was kept; null where that is something else.</summary>
    public static KeptSecret? Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length is 1 or 2 && AppletInstance.TryParse(lines[0], out var secret) ? new(secret, lines.ElementAtOrDefault(1)) : null;
    }

    /// <summary>What to keep.</summary>
    public string Text => $"{Secret.Value}\n{Heir}".TrimEnd();

    /// <summary>
    /// Who a server is told that this is. Versions before told all servers the same, and which of them has a session that still runs nobody knows: most likely the one
    /// that is asked first, so it alone goes on being told that.
    /// </summary>
    public AppletInstance For(Uri server, AppletInstance? earlier)
    {
        var told = Secret.For(server);
        return earlier is not null && told.Value == Heir ? earlier : told;
    }
}
