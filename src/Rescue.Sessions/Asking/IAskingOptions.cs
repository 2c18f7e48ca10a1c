namespace Rescue.Sessions.Asking;

/// <summary>What asking for help reads of the options.</summary>
internal interface IAskingOptions
{
    RequestOptions Requests { get; }

    IDictionary<string, RequestOptions> TenantRequests { get; }

    RequestLimitOptions RequestLimits { get; }
}
