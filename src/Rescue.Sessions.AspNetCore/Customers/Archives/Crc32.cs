namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>The checksum of the ZIP format (ISO 3309, polynomial 0xEDB88320), which the framework keeps to itself.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => Entry((uint)index))];

    private uint value;

    public readonly uint Value => value;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~value;
        foreach (var next in bytes)
            crc = Table[(byte)(crc ^ next)] ^ (crc >> 8);
        value = ~crc;
    }

    private static uint Entry(uint index)
    {
        for (var bit = 0; bit < 8; bit++)
            index = (index & 1) == 0 ? index >> 1 : 0xEDB88320 ^ (index >> 1);
        return index;
    }
}
