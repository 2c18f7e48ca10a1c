namespace Rescue.Sessions.Permissions;

/// <summary>The document that holds a tenant's technician groups.</summary>
internal sealed record GroupSettings(IList<TechnicianGroup> Groups);
