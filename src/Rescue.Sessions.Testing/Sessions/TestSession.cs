using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.Testing;

/// <summary>A session that a test has made.</summary>
public sealed class TestSession
{
    private readonly TestProduct product;

    internal TestSession(TestProduct product, Technician technician, SessionId id, ScriptedCustomer customer)
    {
        this.product = product;
        Technician = technician;
        Id = id;
        Customer = customer;
    }

    /// <summary>Its id.</summary>
    public SessionId Id { get; }

    /// <summary>Who has made it.</summary>
    public Technician Technician { get; }

    /// <summary>Its customer.</summary>
    public ScriptedCustomer Customer { get; }

    /// <summary>The session as its technician sees it now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It is gone, or hidden from its technician.</exception>
    public async Task<Session> NowAsync(CancellationToken cancellationToken = default) =>
        await product.Services.GetRequiredService<SessionDirectory>().FindAsync(Technician, Id, cancellationToken).ConfigureAwait(false)
        ?? throw new TestFailedException($"The session {Id} is not there for {Technician.Name}.");
}
