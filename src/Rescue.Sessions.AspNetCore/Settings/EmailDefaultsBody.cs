using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Defaults to set: a value, null to go back to what the host configured; one that is left out stays as it is.</summary>
internal sealed class EmailDefaultsBody : IPartialBody<EmailDefaults>
{
    private bool hasLanguage;
    private bool hasTimeZone;

    public string? Language { get; set => (field, hasLanguage) = (value, true); }

    public string? TimeZone { get; set => (field, hasTimeZone) = (value, true); }

    public long? Version { get; set; }

    public bool IsEmpty() => !hasLanguage && !hasTimeZone;

    public EmailDefaults Over(EmailDefaults saved) => new()
    {
        Language = hasLanguage ? Language : saved.Language,
        TimeZone = hasTimeZone ? TimeZone : saved.TimeZone,
    };
}
