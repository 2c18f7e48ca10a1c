using System.Net;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Guessing;

/// <summary>A typed PIN and where it was typed.</summary>
/// <param name="Pin">The PIN.</param>
/// <param name="Address">The customer's address; null when it is not known, and then all unknown ones count as one.</param>
/// <param name="Tenant">The tenant whose pages it came through, as which it is counted; whose session it opens is another thing.</param>
public sealed record PinAttempt(PinCode Pin, IPAddress? Address, string Tenant = Technician.DefaultTenant);
