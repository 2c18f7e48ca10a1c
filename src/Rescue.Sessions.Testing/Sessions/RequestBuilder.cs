using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;

namespace Rescue.Sessions.Testing;

/// <summary>Describes a customer who asks for help without an invitation, and lets them do so through the same door as the page. Immutable.</summary>
public sealed class RequestBuilder
{
    private readonly TestProduct product;
    private readonly Technician technician;
    private readonly NewCustomerRequest request;

    internal RequestBuilder(TestProduct product, Technician technician, NewCustomerRequest request)
    {
        this.product = product;
        this.technician = technician;
        this.request = request;
    }

    /// <summary>Lets them ask another technician's tenant, and that technician look at the session and start it.</summary>
    /// <param name="other">Whose tenant.</param>
    public RequestBuilder Of(Technician other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(product, other, request with { Tenant = other.Tenant });
    }

    /// <summary>Changes what they give, for instance <c>with { Email = "grace@example.org" }</c>.</summary>
    /// <param name="change">Makes the new description of the old one.</param>
    public RequestBuilder With(Func<NewCustomerRequest, NewCustomerRequest> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(product, technician, change(request));
    }

    /// <summary>Asks, and answers what was answered.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AskResult> TryAskAsync(CancellationToken cancellationToken = default)
    {
        var result = await product.Services.GetRequiredService<CustomerRequests>().AskAsync(request, cancellationToken).ConfigureAwait(false);
        await product.Clock.SettleAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Asks. Their session is there, and they have its link.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">It was refused, or the same form was sent before and its link is used up; <see cref="TryAskAsync"/> gives the answer instead.</exception>
    public async Task<TestSession> ConnectingAsync(CancellationToken cancellationToken = default) =>
        await TryAskAsync(cancellationToken).ConfigureAwait(false) switch
        {
            AskResult.Asked { Link: { } link } asked => new(product, technician, asked.Session.Id, product.Customer(link)),
            AskResult.NotOffered => throw new TestFailedException(
                $"{request.CustomerName} was to ask for help, which customers cannot do here. Set Requests.IsEnabled."),
            var refused => throw new TestFailedException($"{request.CustomerName} was to ask for help, and the answer was {refused}."),
        };

    /// <summary>Asks, and lets them join and be ready: they wait in the queue of all their tenant's technicians.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">Something was refused; the message says what.</exception>
    public async Task<TestSession> WaitingAsync(CancellationToken cancellationToken = default) =>
        await (await ConnectingAsync(cancellationToken).ConfigureAwait(false)).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Asks, lets them join, and lets the technician take them up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestFailedException">Something was refused; the message says what.</exception>
    public async Task<TestSession> ActiveAsync(CancellationToken cancellationToken = default) =>
        await (await WaitingAsync(cancellationToken).ConfigureAwait(false)).StartAsync(cancellationToken).ConfigureAwait(false);
}
