using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record MeView(string Id, string Name, string? Email, IReadOnlyList<ConnectionRight> Rights);
