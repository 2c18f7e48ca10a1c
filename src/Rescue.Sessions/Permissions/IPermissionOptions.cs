namespace Rescue.Sessions.Permissions;

/// <summary>What rights read of the options.</summary>
internal interface IPermissionOptions
{
    PermissionOptions Permissions { get; }

    TechnicianOptions Technicians { get; }
}
