namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>A secret at rest.</summary>
/// <param name="Sealed">Sealed under the key ring, bound to its webhook.</param>
/// <param name="Until">Until when messages are signed under it; null for the present one.</param>
internal sealed record StoredSecret(byte[] Sealed, DateTimeOffset? Until);
