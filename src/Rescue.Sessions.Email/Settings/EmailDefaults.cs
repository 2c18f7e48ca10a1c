using Rescue.Sessions.Invitations;
using Rescue.Sessions.Text;

namespace Rescue.Sessions.Email.Settings;

/// <summary>What holds for a tenant's messages when nothing else is said. Null where the host's configuration holds.</summary>
public sealed record EmailDefaults
{
    /// <summary>The language of messages for which none is given, as a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>The time zone in which customers are told until when a code is valid, as an IANA id.</summary>
    public string? TimeZone { get; init; }

    internal const string SettingName = "email";

    /// <summary>Every value that is not known.</summary>
    public IReadOnlyList<FieldProblem> Problems()
    {
        var problems = new List<FieldProblem>();
        if (Language is not null && !LanguageTag.IsWellFormed(Language))
            problems.Add(new("language", "The language must be a BCP 47 language tag such as fr or fr-CA."));
        if (TimeZone is not null && !TimeZoneId.IsKnown(TimeZone))
            problems.Add(new("timeZone", "The time zone is not known. Give an IANA id such as Europe/Paris, or UTC."));
        return problems;
    }
}
