namespace Rescue.Sessions.AspNetCore.Events;

internal enum StreamGroupKind
{
    All,
    Tenant,
    Technician,
    Applet,
    Guest,
}
