using System.ComponentModel;
using Rescue.Sessions.Creating;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What the reference of a new session must be.</summary>
internal sealed record ReferenceView(
    [property: Description("Whether no session can be made without one.")] bool Required,
    [property: Description("One that would do.")] string? Example,
    [property: Description("Whether the host looks each one up, and says in its own words what is wrong with it.")] bool Checked)
{
    public static ReferenceView Of(ReferenceRule rule) => new(rule.IsRequired, rule.Example, rule.IsChecked);
}
