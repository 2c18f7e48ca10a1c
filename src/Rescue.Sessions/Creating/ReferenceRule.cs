namespace Rescue.Sessions.Creating;

/// <summary>What a technician has to know of references before they give one.</summary>
/// <param name="IsRequired">Whether no session can be made without one.</param>
/// <param name="Example">One that would do, or null.</param>
/// <param name="IsChecked">Whether the host looks each one up and says in its own words what is wrong with it.</param>
public sealed record ReferenceRule(bool IsRequired, string? Example, bool IsChecked);
