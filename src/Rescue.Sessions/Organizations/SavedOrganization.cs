using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Organizations;

/// <summary>What an administrator has once set for their organisation.</summary>
/// <param name="Settings">What was set; null where the version went back to what the host has configured.</param>
/// <param name="Version">By whom, when, and as which version.</param>
public sealed record SavedOrganization(OrganizationSettings? Settings, SettingVersion Version);
