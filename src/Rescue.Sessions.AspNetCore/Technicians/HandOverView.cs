namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What the host's remote control attaches with; both ends of an active session get the same.</summary>
internal sealed record HandOverView(string Secret);
