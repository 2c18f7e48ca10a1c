using System.Buffers.Binary;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>What the columns tell of a session whose document cannot be read.</summary>
internal static class UnreadableSession
{
    public static StoredSession Of(SessionId id, string tenant, string createdBy, string customer)
    {
        var creator = createdBy == SessionSql.Nobody ? null : new Technician(createdBy, createdBy) { Tenant = tenant };
        var createdAt = CreatedAt(id);
        return new()
        {
            Session = new()
            {
                Id = id, Tenant = tenant, CustomerName = customer, CreatedBy = creator is null ? null : new(creator.Id, creator.Name), CreatedAt = createdAt, ExpiresAt = createdAt,
                StatusSince = createdAt, Status = SessionStatus.Unreadable, Timeouts = new(),
            },
            Creator = creator,
            PinHashes = [],
            TokenHashes = [],
        };
    }

    // The first 48 bits of a version 7 UUID are milliseconds since 1970 (RFC 9562, section 5.7).
    private static DateTimeOffset CreatedAt(SessionId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
    }
}
