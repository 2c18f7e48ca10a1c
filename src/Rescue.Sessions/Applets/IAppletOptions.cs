namespace Rescue.Sessions.Applets;

/// <summary>What the applet's side reads of the options.</summary>
internal interface IAppletOptions
{
    TechnicianOptions Technicians { get; }
}
