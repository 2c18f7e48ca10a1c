using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Creating;

/// <summary>What making a session reads of the options.</summary>
internal interface ICreatingOptions
{
    CodeOptions Codes { get; }

    InvitationOptions Invitations { get; }

    TimeoutOptions Timeouts { get; }

    IDictionary<string, TimeoutOptions> TenantTimeouts { get; }

    ReferenceOptions References { get; }

    IDictionary<string, ReferenceOptions> TenantReferences { get; }
}
