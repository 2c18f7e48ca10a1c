using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using System.Text.Json;
using System.Text.Json.Serialization;
using Acme.Generated;

namespace Acme.Generated
{
    public partial class RescueClient
    {
        // The generator writes no converter for lists of words.
        static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.Converters.Add(new JsonStringEnumConverter());
    }
}

/// <summary>A program that knows the service by its document alone. It is compiled by the test, with the client that is generated there.</summary>
public static class Journey
{
    public static async Task<IReadOnlyList<string>> RunAsync(HttpClient alice, HttpClient bob, HttpClient program)
    {
        var steps = new List<string>();
        var technician = new RescueClient(alice);
        var applet = new RescueClient(program);

        var created = await technician.CreateSessionAsync(new CreateSessionRequest
        {
            CustomerName = "Ada", Email = new EmailRequest { Delivery = EmailDelivery.DefaultMailClient, Platform = DevicePlatform.Windows },
        });
        steps.Add($"{created.Status}");
        steps.Add(created.Invitation!.Mailto!.Split(':')[0]);

        var joined = await applet.JoinSessionAsync(new JoinRequest { Token = created.Link!.Split("&k=")[1], Instance = "one" });
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", joined.AppletKey);
        var ready = await applet.ReportReadyAsync(joined.SessionId, new ReadyRequest { Platform = DevicePlatform.Windows, HostName = "pc" });
        steps.Add($"{ready.Status}");

        steps.Add($"{(await technician.StartSessionAsync(created.Id)).Status}");
        steps.Add((await applet.SendHeartbeatAsync(joined.SessionId)).Technician!);
        try
        {
            await new RescueClient(bob).StartSessionAsync(created.Id);
        }
        catch (RescueException<Problem> refused)
        {
            steps.Add($"{refused.StatusCode} {refused.Result.Code} by {refused.Result.StartedBy!.Id}");
        }

        var closed = await technician.CloseSessionAsync(created.Id);
        steps.Add($"{closed.Status} {closed.EndReason}");
        var started = (await technician.GetSessionAsync(created.Id)).History!.Single(entry => entry.Trigger == SessionTrigger.Start);
        steps.Add($"Start by {started.ActorName}");
        steps.Add($"{(await technician.ListSessionsAsync(status: new[] { SessionStatus.Closed })).Items.Count} closed");
        return steps;
    }
}
