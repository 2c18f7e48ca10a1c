using Rescue.Sessions.Hosting;

namespace HelpDesk.Support;

/// <summary>Where texts go: to the gateway that <c>Sms__Address</c> names, with the key <c>Sms__Key</c>. Without one the product sends none.</summary>
internal static class SmsGateway
{
    public static void AddSmsGateway(this RescueSessionsBuilder rescue, IConfiguration configuration)
    {
        if (configuration.FindAddress("Sms:Address", "https://sms.example.org/v1/") is not { } address)
            return;
        rescue.Services.AddHttpClient("sms", http =>
        {
            http.BaseAddress = address;
            http.DefaultRequestHeaders.Authorization = new("Bearer", configuration["Sms:Key"]);
            http.Timeout = TimeSpan.FromSeconds(20);
        });
        rescue.AddSms<GatewayDispatcher>();
    }
}
