using Rescue.Sessions.Invitations;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Creating;

/// <summary>Which rights it takes to bring a customer to a session.</summary>
internal static class RightsToInvite
{
    public static ConnectionRight[] Of(NewSession session) => session.Invitation is { } invitation
        ? Of(invitation.Delivery, invitation.NeedsMobileAddOn)
        : [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection];

    public static ConnectionRight[] Of(EmailDelivery delivery, bool mobile) =>
    [
        ConnectionRight.PrivateSessions,
        ConnectionRight.EmailConnection,
        delivery == EmailDelivery.OnMyBehalf ? ConnectionRight.EmailOnBehalf : ConnectionRight.EmailDefaultClient,
        .. mobile ? [ConnectionRight.MobileAddOn] : (ConnectionRight[])[],
    ];
}
