using System.Text.RegularExpressions;

namespace Rescue.Sessions.Organizations;

/// <summary>The form of the name beside a sender's address, such as <c>{technician}, {organization}</c>.</summary>
internal static partial class SenderForm
{
    public const string Technician = "{technician}";
    public const string Organization = "{organization}";

    /// <summary>What is wrong with a form, in words that follow its name; null when it is fine.</summary>
    public static string? Problem(string form)
    {
        if (PersonName.Problem(form) is { } problem)
            return problem;
        return Names().Replace(form, "").AsSpan().ContainsAny('{', '}')
            ? $"knows {Technician} and {Organization} alone. Leave other braces out."
            : null;
    }

    /// <summary>In one pass, so that a name that looks like a placeholder is a name.</summary>
    public static string Fill(string form, string technician, string organization) =>
        Names().Replace(form, found => found.Value == Technician ? technician : organization);

    [GeneratedRegex(@"\{(?:technician|organization)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
