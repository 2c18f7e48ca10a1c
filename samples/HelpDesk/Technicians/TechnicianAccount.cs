namespace HelpDesk.Technicians;

/// <summary>A sign-in as an administrator sees it.</summary>
/// <param name="Id">The sign-in's name.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Group">The technician group whose rights they have.</param>
/// <param name="IsDisabled">Whether it is refused.</param>
/// <param name="OpenSessions">How many sessions would end if it were disabled now.</param>
public sealed record TechnicianAccount(string Id, string Name, string Group, bool IsDisabled, int OpenSessions);
