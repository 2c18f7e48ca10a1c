using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Tests.Support;

internal sealed class FixedOptions(RescueSessionsOptions options) : IOptionsMonitor<RescueSessionsOptions>
{
    public RescueSessionsOptions CurrentValue => options;

    public RescueSessionsOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<RescueSessionsOptions, string?> listener) => null;
}
