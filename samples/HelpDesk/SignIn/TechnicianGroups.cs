namespace HelpDesk.SignIn;

/// <summary>The groups of the development sign-ins. What rights they carry is for the permission policy to say.</summary>
internal static class TechnicianGroups
{
    public const string Support = "support";
    public const string MobileSupport = "mobile-support";
    public const string PhoneDesk = "phone-desk";
    public const string FrontDesk = "front-desk";
    public const string Administrators = "administrators";
}
