namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What was set for the organisation, newest first.</summary>
internal sealed record OrganizationHistoryView(IReadOnlyList<OrganizationVersionView> Items);
