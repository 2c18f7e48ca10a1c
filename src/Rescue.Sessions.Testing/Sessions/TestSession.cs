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

    /// <summary>Who has made it, or may take it up where its customer has asked for help.</summary>
    public Technician Technician { get; }

    /// <summary>Its customer.</summary>
    public ScriptedCustomer Customer { get; }

    /// <summary>The session as its technician sees it now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It is gone, or hidden from its technician.</exception>
    public async Task<Session> NowAsync(CancellationToken cancellationToken = default) =>
        await product.Services.GetRequiredService<SessionDirectory>().FindAsync(Technician, Id, cancellationToken).ConfigureAwait(false)
        ?? throw new TestFailedException($"The session {Id} is not there for {Technician.Name}.");

    internal async Task<TestSession> WaitAsync(CancellationToken cancellationToken)
    {
        await Customer.JoinAsync(cancellationToken).ConfigureAwait(false);
        await Customer.ReadyAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return this;
    }

    internal async Task<TestSession> StartAsync(CancellationToken cancellationToken) =>
        await product.Sessions.StartAsync(Technician, Id, cancellationToken).ConfigureAwait(false) is not SessionResult.Done and var refused
            ? throw new TestFailedException($"The session was to be started, and the answer was {refused}.")
            : this;
}
