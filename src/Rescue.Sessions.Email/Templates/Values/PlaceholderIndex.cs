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
    public const int OrganizationPhone = 8;
    public const int OrganizationUrl = 9;
    public const int SessionReference = 10;
    public const int DevicePlatform = 11;
    public const int DeviceMobile = 12;
    public const int LinkExpires = 13;
    public const int LinkAddress = 14;
    public const int LinkDecline = 15;
    public const int FieldsField0 = 16;
    public const int FieldsField1 = 17;
    public const int FieldsField2 = 18;
    public const int FieldsField3 = 19;
    public const int FieldsField4 = 20;
    public const int FieldsField5 = 21;
    public const int FieldsTracking = 22;
}
