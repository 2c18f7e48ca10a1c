namespace Rescue.Sessions.Email.Smtp;

/// <summary>The name under which a host has set a mail server.</summary>
internal sealed record SmtpServerName(string Name)
{
    /// <summary>That of the server which was given none.</summary>
    public const string Unnamed = "";

    private const int MaxLength = 64;

    /// <summary>Whether it can be a name: 1 to 64 letters, digits, dots, hyphens and underscores.</summary>
    public static bool IsFit(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
