namespace HelpDesk.SignIn;

/// <summary>The development sign-ins, one for each set of rights that is worth trying. All are of one tenant.</summary>
internal static class DevelopmentTechnicians
{
    public const string Tenant = "acme";

    public static IReadOnlyList<DevelopmentTechnician> All { get; } =
    [
        new("full", "Alice Martin", "alice.martin@acme.example", TechnicianGroups.Support),
        new("mobile", "Ben Okafor", "ben.okafor@acme.example", TechnicianGroups.MobileSupport),
        new("no-email", "Chloé Durand", "chloe.durand@acme.example", TechnicianGroups.PhoneDesk),
        new("own-client", "David Novak", "david.novak@acme.example", TechnicianGroups.FrontDesk),
        new("admin", "Emma Lindqvist", "emma.lindqvist@acme.example", TechnicianGroups.Administrators),
    ];

    public static DevelopmentTechnician? Find(string? id) => All.FirstOrDefault(technician => technician.Id == id);
}
