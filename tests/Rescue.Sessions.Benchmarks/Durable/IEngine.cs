using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>An empty database whose commits reach the disk, for one run.</summary>
internal interface IEngine : IDisposable
{
    string Name { get; }

    /// <summary>How many write at once.</summary>
    int Clients { get; }

    /// <summary>The expression for the number of an event or of a message, as the library has it.</summary>
    string NextNumber { get; }

    /// <summary>Names the database to another process.</summary>
    string ConnectionString { get; }

    /// <summary>Chooses the provider and the database for the library.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>Opens a connection that commits as the library's do.</summary>
    Task<DbConnection> OpenAsync();

    /// <summary>Opens one that has the statements prepared; the values tell the types of the parameters.</summary>
    Task<IRawClient> ConnectAsync(IReadOnlyList<RawStatement> statements);
}
