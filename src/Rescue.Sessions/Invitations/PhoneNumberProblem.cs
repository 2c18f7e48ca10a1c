namespace Rescue.Sessions.Invitations;

/// <summary>What is wrong with text that was to be a telephone number.</summary>
internal enum PhoneNumberProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>There is nothing.</summary>
    Missing,

    /// <summary>It does not begin with a plus sign and the code of a country, so that only some know which number it is.</summary>
    NoCountryCode,

    /// <summary>It has a letter or sign that no number has, such as an extension.</summary>
    ForeignCharacter,

    /// <summary>It has fewer digits than any number, or more than 15 (ITU-T E.164).</summary>
    WrongLength,
}
