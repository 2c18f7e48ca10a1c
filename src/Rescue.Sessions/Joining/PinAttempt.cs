using System.Net;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Joining;

/// <summary>A typed PIN and where it was typed.</summary>
/// <param name="Pin">The PIN.</param>
/// <param name="Address">The customer's address; null when it is not known, and then all unknown ones count as one.</param>
/// <param name="Door">The group of customer routes it came through, usually a tenant.</param>
public sealed record PinAttempt(PinCode Pin, IPAddress? Address, string Door = Technician.DefaultTenant);
