using System.Net;

namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>Finds the addresses of a host name.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
