using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// Sees whether every customer comes from one private address although a proxy names others: then the limits on wrong PINs take all customers for one,
/// and ten typos of anybody lock everybody out. Thread-safe.
/// </summary>
internal sealed class ProxyWatch(ILoggerFactory loggers)
{
    private const int Enough = 3;

    private readonly Lock gate = new();
    private IPAddress? only;
    private int seen;
    private bool isDecided;

    public void Note(IPAddress? address, bool isForwarded)
    {
        // Asked for every request, and decided once.
        if (Volatile.Read(ref isDecided) || address is null)
            return;
        lock (gate)
        {
            if (isDecided)
                return;
            only ??= address;
            if (!only.Equals(address) || !IsPrivate(address))
            {
                isDecided = true;
                return;
            }

            if (!isForwarded || ++seen < Enough)
                return;
            isDecided = true;
        }

        loggers.CreateLogger("Rescue.Sessions.AspNetCore").AddressesAreHidden(address.ToString());
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return false;
        var octets = address.GetAddressBytes();

        // RFC 1918, and the shared space of RFC 6598.
        return octets[0] == 10 || (octets[0] == 172 && octets[1] is >= 16 and < 32) || (octets[0] == 192 && octets[1] == 168)
            || (octets[0] == 100 && octets[1] is >= 64 and < 128);
    }
}
