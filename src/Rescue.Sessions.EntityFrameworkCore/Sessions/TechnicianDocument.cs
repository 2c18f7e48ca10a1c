namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>A technician as a document has them.</summary>
internal sealed record TechnicianDocument(string Id, string Name, string? Email, IReadOnlyList<string> Groups, string Tenant);
