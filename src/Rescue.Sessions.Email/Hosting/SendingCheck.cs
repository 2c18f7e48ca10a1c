using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Telemetry;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>Says at the start that nothing sends mail: a product may mean it, and otherwise its first technician would find out.</summary>
internal sealed class SendingCheck(EmailDispatchers dispatchers, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!dispatchers.Has(EmailDelivery.OnMyBehalf))
            logger.NothingSends();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
