using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Tests.Webhooks;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Tests.Documents;

public sealed class EventsGuideTests
{
    [Fact]
    public void Types_StandInTheGuide_AllOfThem()
    {
        var guide = File.ReadAllText(PathOf("../../../docs/events.md"));

        WebhookEventTypes.All.Append(WebhookEventTypes.Test).Should().OnlyContain(type => guide.Contains($"`{type}`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signature_AsTheGuideVerifiesIt_IsTheServices()
    {
        await using var product = await WebhookProduct.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (_, secret) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync("Zoë");
        var message = await receiver.NextAsync();
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = message.Id, ["webhook-timestamp"] = message.Timestamp, ["webhook-signature"] = message.Signature,
        };
        var now = product.Product.Time.GetUtcNow();

        RescueSignature.IsGenuine(headers, message.Body, secret, now).Should().BeTrue();
        RescueSignature.IsGenuine(headers, message.Body + " ", secret, now).Should().BeFalse();
        RescueSignature.IsGenuine(headers, message.Body, secret, now.AddMinutes(6)).Should().BeFalse("it is a recording");
        RescueSignature.IsGenuine(headers, message.Body, "whsec_" + Convert.ToBase64String(new byte[32]), now).Should().BeFalse();
        headers["webhook-id"] = "evt_0";
        RescueSignature.IsGenuine(headers, message.Body, secret, now).Should().BeFalse();
    }

    private static string PathOf(string file, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, file));
}
