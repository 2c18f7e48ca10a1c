using Rescue.Sessions.Permissions;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace HelpDesk.SignIn;

/// <summary>The groups of the development sign-ins, and the rights they carry.</summary>
internal static class TechnicianGroups
{
    public const string Support = "support";
    public const string MobileSupport = "mobile-support";
    public const string PhoneDesk = "phone-desk";
    public const string FrontDesk = "front-desk";
    public const string Administrators = "administrators";

    private const string Technicians = "technicians";

    public static List<TechnicianGroup> Tree { get; } =
    [
        new() { Name = Technicians, Grants = [PrivateSessions, PinConnection, Hold, Transfer, InviteGuests] },
        new() { Name = PhoneDesk, Parent = Technicians },
        new() { Name = Support, Parent = Technicians, Grants = [EmailConnection, EmailDefaultClient, EmailOnBehalf] },
        new() { Name = MobileSupport, Parent = Support, Grants = [MobileAddOn] },
        new() { Name = FrontDesk, Parent = Support, Denials = [EmailOnBehalf] },
        new() { Name = Administrators, Parent = MobileSupport, Grants = [ColleaguesSessions, ExportPersonalData, ErasePersonalData, ManageSettings] },
    ];
}
