using Rescue.Sessions.Applet.Credentials;

namespace RescueApplet.Credentials;

/// <summary>What to join with.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="Folder">The folder of its file, if it came from one.</param>
/// <param name="Typed">Whether the customer typed it and may try again.</param>
/// <param name="FileName">The name of its file, if it came from one.</param>
/// <param name="SavedAt">When that file was saved.</param>
internal sealed record FoundCredential(SessionCredential Credential, string? Folder, bool Typed, string? FileName = null, DateTimeOffset? SavedAt = null);
