using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Rescue.Sessions.Permissions;

/// <summary>The rights of groups as they stand in the host's configuration: binding leaves out without a word what is no right.</summary>
internal static partial class ConfiguredRights
{
    /// <summary>Every right that does not exist in a section that has become one of the groups.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration, IList<TechnicianGroup> groups)
    {
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is { Length: > 0 } && RightOfGroup().Match(key) is { Success: true } match && !IsRight(value)
                && configuration[$"{match.Groups["group"].Value}:Name"] is { } name && TechnicianGroup.Find(groups, name) is not null)
            {
                yield return $"{key} is '{value}', which is no right. There are: {string.Join(", ", Enum.GetNames<ConnectionRight>())}.";
            }
        }
    }

    private static bool IsRight(string text) => Enum.TryParse<ConnectionRight>(text, ignoreCase: true, out var right) && Enum.IsDefined(right);

    [GeneratedRegex("(?<group>(?:^|.*:)Permissions:Groups:[^:]+):(?:Grants|Denials|Locks):[^:]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RightOfGroup();
}
