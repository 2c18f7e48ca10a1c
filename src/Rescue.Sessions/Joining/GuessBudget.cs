using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Joining;

/// <summary>
/// Counts wrong PINs per address, per door and overall. PINs of each length have a budget of their own, so that longer PINs go on
/// working when guesses have spent the budget of the usual length. Thread-safe.
/// </summary>
internal sealed class GuessBudget(IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    private readonly SlidingCounter<(UInt128 Network, int Length)> perAddress = new(time);
    private readonly SlidingCounter<(string Door, int Length)> perDoor = new(time);
    private readonly SlidingCounter<int> overall = new(time);

    /// <summary>Takes a guess from all three budgets before the PIN is looked at, so that parallel guesses cannot overdraw.</summary>
    public bool TryTake(IPAddress? address, string door, int pinLength, out TimeSpan retryAfter)
    {
        var limits = options.CurrentValue.Guessing;
        var network = Network(address);
        if (!perAddress.TryTake((network, pinLength), limits.PerAddress, limits.Window, out retryAfter))
            return false;
        if (!perDoor.TryTake((door, pinLength), limits.PerDoor, limits.Window, out retryAfter))
        {
            perAddress.Return((network, pinLength));
            return false;
        }

        if (overall.TryTake(pinLength, limits.Overall, limits.Window, out retryAfter))
            return true;
        perDoor.Return((door, pinLength));
        perAddress.Return((network, pinLength));
        return false;
    }

    /// <summary>Gives the guess back: it was right.</summary>
    public void Return(IPAddress? address, string door, int pinLength)
    {
        perAddress.Return((Network(address), pinLength));
        perDoor.Return((door, pinLength));
        overall.Return(pinLength);
    }

    // Whoever has one IPv6 address usually has its whole /64 (RFC 6177, section 2).
    private static UInt128 Network(IPAddress? address)
    {
        if (address is null)
            return 0;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) + (address.AddressFamily == AddressFamily.InterNetwork ? 1u : 0u);
    }
}
