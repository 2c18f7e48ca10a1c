using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Limits;

/// <summary>As what an address counts that strangers come from.</summary>
internal static class ClientNetwork
{
    private const int Ipv6NetworkBytes = 8;

    /// <summary>The address, and of IPv6 its network; all that are not known count as one.</summary>
    // Whoever has one IPv6 address usually has its whole /64 (RFC 6177, section 2).
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, Ipv6NetworkBytes) : bytes);
    }
}
