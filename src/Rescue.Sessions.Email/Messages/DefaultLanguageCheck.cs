using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Telemetry;

namespace Rescue.Sessions.Email.Messages;

/// <summary>Says when the default language is one in which only templates can be written: whether there are any, the store alone knows.</summary>
internal sealed class DefaultLanguageCheck(IOptionsMonitor<IMessageOptions> options, MailWords words, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var chain = LanguageTag.Chain(options.CurrentValue.DefaultLanguage);
        if (!words.Has(options.CurrentValue.DefaultLanguage) && !options.CurrentValue.Templates.Any(template => chain.Contains(LanguageTag.Normalize(template.Language))))
            logger.NoWordsInDefaultLanguage(options.CurrentValue.DefaultLanguage);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
