using static HelpDesk.Organizations.SampleOrganizations;

namespace HelpDesk.SignIn;

/// <summary>The development sign-ins, one for each set of rights that is worth trying, and two of a second organisation.</summary>
internal static class DevelopmentTechnicians
{
    public static IReadOnlyList<DevelopmentTechnician> All { get; } =
    [
        new("full", "Alice Martin", "alice.martin@acme.example", TechnicianGroups.Support, Acme),
        new("mobile", "Ben Okafor", "ben.okafor@acme.example", TechnicianGroups.MobileSupport, Acme),
        new("no-email", "Chloé Durand", "chloe.durand@acme.example", TechnicianGroups.PhoneDesk, Acme),
        new("own-client", "David Novak", "david.novak@acme.example", TechnicianGroups.FrontDesk, Acme),
        new("admin", "Emma Lindqvist", "emma.lindqvist@acme.example", TechnicianGroups.Administrators, Acme),
        new("globex", "Gaëlle Moreau", "gaelle.moreau@globex.example", TechnicianGroups.MobileSupport, Globex),
        new("globex-admin", "Hugo Bernard", "hugo.bernard@globex.example", TechnicianGroups.Administrators, Globex),
    ];

    /// <summary>Those of one organisation.</summary>
    public static IEnumerable<DevelopmentTechnician> Of(string? tenant) => All.Where(technician => technician.Tenant == tenant);

    public static DevelopmentTechnician? Find(string? id) => All.FirstOrDefault(technician => technician.Id == id);
}
