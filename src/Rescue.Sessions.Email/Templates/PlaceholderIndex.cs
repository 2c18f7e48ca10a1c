namespace Rescue.Sessions.Email.Templates;

/// <summary>The places in <see cref="TemplatePlaceholder.All"/>. A test holds the two together.</summary>
internal static class PlaceholderIndex
{
    public const int CustomerName = 0;
    public const int TechnicianName = 1;
    public const int TechnicianEmail = 2;
    public const int OrganizationName = 3;
    public const int LinkUrl = 4;
    public const int LinkExpiresAt = 5;
    public const int LinkMinutesLeft = 6;
    public const int PinCode = 7;
    public const int SessionReference = 8;
    public const int DevicePlatform = 9;
    public const int DeviceMobile = 10;
    public const int LinkExpires = 11;
    public const int LinkAddress = 12;
    public const int LinkDecline = 13;
    public const int FieldsField0 = 14;
    public const int FieldsField1 = 15;
    public const int FieldsField2 = 16;
    public const int FieldsField3 = 17;
    public const int FieldsField4 = 18;
    public const int FieldsField5 = 19;
    public const int FieldsTracking = 20;
}
