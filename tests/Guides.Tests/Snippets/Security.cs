using Rescue.Sessions;

namespace Guides.Tests.Snippets;

internal static class Security
{
    public static void Stricter(RescueSessionsOptions options)
    {
        options.Codes.PinLength = 8;                                  // where many customers type PINs
        options.Codes.Validity = TimeSpan.FromMinutes(10);
        options.Technicians.OwnSessionsOnly = true;                   // technicians see their own sessions
        options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(30);
        options.Retention.Ended = TimeSpan.FromDays(30);
    }
}
