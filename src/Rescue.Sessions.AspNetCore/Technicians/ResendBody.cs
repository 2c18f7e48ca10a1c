using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>By which transport an invitation goes out again; null for that of the sending before.</summary>
internal sealed record ResendBody(EmailDelivery? Delivery);
