namespace Rescue.Sessions.Email.Templates;

/// <summary>The values with which a template is tried when it is checked.</summary>
internal static class TemplateTrial
{
    public static IReadOnlyList<TemplateValues> Values { get; } = [TemplateValues.Sample, Make('W', longest: true), Make('1', longest: false)];

    private static TemplateValues Make(char letter, bool longest)
    {
        return new()
        {
        CustomerName = Text(PlaceholderIndex.CustomerName),
        TechnicianName = Optional(PlaceholderIndex.TechnicianName),
        TechnicianEmail = Optional(PlaceholderIndex.TechnicianEmail),
        OrganizationName = Optional(PlaceholderIndex.OrganizationName),
        LinkUrl = TemplateValues.Sample.LinkUrl,
        LinkExpiresAt = Text(PlaceholderIndex.LinkExpiresAt),
        LinkMinutesLeft = Text(PlaceholderIndex.LinkMinutesLeft),
        PinCode = TemplateValues.Sample.PinCode,
        SessionReference = Optional(PlaceholderIndex.SessionReference),
        DevicePlatform = Optional(PlaceholderIndex.DevicePlatform),
        DeviceMobile = longest,
        LinkExpires = TemplateValues.Sample.LinkExpires,
        Fields = !longest ? null : new()
        {
            Field0 = Text(PlaceholderIndex.FieldsField0),
            Field1 = Text(PlaceholderIndex.FieldsField1),
            Field2 = Text(PlaceholderIndex.FieldsField2),
            Field3 = Text(PlaceholderIndex.FieldsField3),
            Field4 = Text(PlaceholderIndex.FieldsField4),
            Field5 = Text(PlaceholderIndex.FieldsField5),
            Tracking = Text(PlaceholderIndex.FieldsTracking),
        },
        };

        string Text(int place) => new(letter, longest ? TemplatePlaceholder.All[place].MaxLength : 1);

        string? Optional(int place) => longest ? Text(place) : null;
    }
}
