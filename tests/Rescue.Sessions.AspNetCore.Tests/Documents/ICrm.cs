namespace Rescue.Sessions.AspNetCore.Tests.Documents;

/// <summary>A product's own service in the guides.</summary>
public interface ICrm
{
    Task AddNoteAsync(string ticket, string text, long key, CancellationToken cancellationToken);
}
