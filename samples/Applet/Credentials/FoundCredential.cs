using Rescue.Sessions.Applet.Credentials;

namespace RescueApplet.Credentials;

/// <summary>What to join with, the folder of its file if it came from one, and whether the customer typed it and may try again.</summary>
sealed record FoundCredential(SessionCredential Credential, string? Folder, bool Typed);
