using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Testing;

/// <summary>Describes a session that a test needs, and brings it to a status through the same doors as a product. Immutable.</summary>
public sealed class SessionBuilder
{
    private readonly TestProduct product;
    private readonly Technician technician;
    private readonly NewSession session;

    internal SessionBuilder(TestProduct product, Technician technician, NewSession session)
    {
        this.product = product;
        this.technician = technician;
        this.session = session;
    }

    /// <summary>Lets another technician make and start it.</summary>
    /// <param name="other">Who.</param>
    public SessionBuilder By(Technician other) => new(product, other, session);

    /// <summary>Lets the service mail the link.</summary>
    /// <param name="to">The customer's address.</param>
    public SessionBuilder ByEmail(string to = "grace@example.org") => With(described => described with { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = to } });

    /// <summary>Lets the service send the link by SMS; a host needs <c>AddSms</c> for that.</summary>
    /// <param name="to">The customer's telephone number.</param>
    public SessionBuilder BySms(string to = "+49 30 901820") => With(described => described with
    {
        Invitation = new() { Channel = InvitationChannel.Sms, Delivery = EmailDelivery.OnMyBehalf, To = to },
    });

    /// <summary>Changes what is asked for, for instance <c>with { Reference = "T-42" }</c>.</summary>
    /// <param name="change">Makes the new description of the old one.</param>
    public SessionBuilder With(Func<NewSession, NewSession> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(product, technician, change(session));
    }

    /// <summary>Makes the session, and sends what it has to be sent.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused; the message says why.</exception>
    public async Task<TestSession> ConnectingAsync(CancellationToken cancellationToken = default)
    {
        var result = session.Invitation?.Channel switch
        {
            null => await product.Services.GetRequiredService<SupportInvitations>().CreateAsync(technician, session, cancellationToken: cancellationToken).ConfigureAwait(false),
            InvitationChannel.Sms => await product.Services.GetRequiredService<SmsInvitations>().InviteAsync(technician, session, cancellationToken).ConfigureAwait(false),
            _ => (await product.Invitations.InviteAsync(technician, session, cancellationToken).ConfigureAwait(false)).Outcome,
        };
        if (result is not CreateSessionResult.Created { Link: { } link } created)
            throw new TestFailedException($"A session for {session.CustomerName} was to be made, and the answer was {result}.");
        await product.Clock.SettleAsync(cancellationToken).ConfigureAwait(false);
        return new(product, technician, created.Session.Id, product.Customer(link));
    }

    /// <summary>Makes the session, and lets its customer join and be ready.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">Something was refused; the message says what.</exception>
    public async Task<TestSession> WaitingAsync(CancellationToken cancellationToken = default) =>
        await (await ConnectingAsync(cancellationToken).ConfigureAwait(false)).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the session, lets its customer join, and starts it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">Something was refused; the message says what.</exception>
    public async Task<TestSession> ActiveAsync(CancellationToken cancellationToken = default) =>
        await (await WaitingAsync(cancellationToken).ConfigureAwait(false)).StartAsync(cancellationToken).ConfigureAwait(false);
}
