namespace Rescue.Sessions.Email.Templates;

/// <summary>The values with which a template is tried when it is checked.</summary>
internal static class TemplateTrial
{
    /// <summary>Every value as its sample says, at its longest, and none that may be missing.</summary>
    public static TemplateValues[] Of(TemplateNames names) =>
    [
        TemplateValues.SampleOf(names),
        Make(names, placeholder => new('W', placeholder.MaxLength), placeholder => new('W', placeholder.MaxLength), mobile: true),
        Make(names, _ => "1", _ => null, mobile: false),
    ];

    private static TemplateValues Make(
        TemplateNames names, Func<TemplatePlaceholder, string> required, Func<TemplatePlaceholder, string?> optional, bool mobile)
    {
        return new()
        {
            CustomerName = Required(PlaceholderIndex.CustomerName),
            TechnicianName = Optional(PlaceholderIndex.TechnicianName),
            TechnicianEmail = Optional(PlaceholderIndex.TechnicianEmail),
            OrganizationName = Optional(PlaceholderIndex.OrganizationName),
            LinkUrl = TemplateValues.Sample.LinkUrl,
            LinkExpiresAt = Required(PlaceholderIndex.LinkExpiresAt),
            LinkMinutesLeft = Required(PlaceholderIndex.LinkMinutesLeft),
            PinCode = TemplateValues.Sample.PinCode,
            OrganizationPhone = Optional(PlaceholderIndex.OrganizationPhone),
            OrganizationUrl = Optional(PlaceholderIndex.OrganizationUrl) is null ? null : TemplateValues.Sample.OrganizationUrl,
            SessionReference = Optional(PlaceholderIndex.SessionReference),
            DevicePlatform = Optional(PlaceholderIndex.DevicePlatform),
            DeviceMobile = mobile,
            LinkExpires = TemplateValues.Sample.LinkExpires,
            Fields = new()
            {
                Field0 = Optional(PlaceholderIndex.FieldsField0),
                Field1 = Optional(PlaceholderIndex.FieldsField1),
                Field2 = Optional(PlaceholderIndex.FieldsField2),
                Field3 = Optional(PlaceholderIndex.FieldsField3),
                Field4 = Optional(PlaceholderIndex.FieldsField4),
                Field5 = Optional(PlaceholderIndex.FieldsField5),
                Tracking = Optional(PlaceholderIndex.FieldsTracking),
            },
            Own = names.ValuesOfOwn(optional),
        };

        string Required(int place) => required(TemplatePlaceholder.All[place]);

        string? Optional(int place) => optional(TemplatePlaceholder.All[place]);
    }
}
