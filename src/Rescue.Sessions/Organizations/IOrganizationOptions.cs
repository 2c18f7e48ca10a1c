using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Organizations;

/// <summary>What organisations read of the options.</summary>
internal interface IOrganizationOptions
{
    OrganizationOptions Organization { get; }

    IDictionary<string, OrganizationOptions> Organizations { get; }

    Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>>? FindOrganization { get; }

    IList<string> ReservedDomains { get; }

    CodeOptions Codes { get; }
}
