namespace Rescue.Sessions.AspNetCore.Identities;

internal sealed record TechnicianView(string Id, string Name)
{
    public static TechnicianView Of(TechnicianReference technician) => new(technician.Id, technician.Name);
}
