using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Applet.Transport;

internal sealed class SupportAppletOptionsValidator : IValidateOptions<SupportAppletOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void ThrowIfInvalid(SupportAppletOptions options)
    {
        var failures = Check(options).ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(SupportAppletOptions), failures);
    }

    public ValidateOptionsResult Validate(string? name, SupportAppletOptions options)
    {
        var failures = Check(options).ToList();
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Check(SupportAppletOptions options)
    {
        if (options.Attempts is < 1 or > 20)
            yield return Say(nameof(options.Attempts), "from 1 to 20");
        if (options.RetryDelay < TimeSpan.FromMilliseconds(1) || options.RetryDelay > options.MaxRetryDelay)
            yield return Say(nameof(options.RetryDelay), "from 1 ms to MaxRetryDelay");
        if (options.MaxRetryDelay > TimeSpan.FromHours(1))
            yield return Say(nameof(options.MaxRetryDelay), "of at most 1 hour");
        if (options.RequestTimeout < Second || options.RequestTimeout > TimeSpan.FromMinutes(10))
            yield return Say(nameof(options.RequestTimeout), "from 1 s to 10 minutes");
        if (options.HeartbeatInterval < Second || options.HeartbeatInterval > TimeSpan.FromMinutes(1))
            yield return Say(nameof(options.HeartbeatInterval), "from 1 s to 1 minute");
        if (options.EventsIdleTimeout < Second || options.EventsIdleTimeout > TimeSpan.FromHours(1))
            yield return Say(nameof(options.EventsIdleTimeout), "from 1 s to 1 hour");
    }

    private static string Say(string property, string range) => $"Applet.{property} is out of range: set a value {range}.";
}
