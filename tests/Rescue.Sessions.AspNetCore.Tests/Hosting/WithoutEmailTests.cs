using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>A product that sends no email.</summary>
public sealed class WithoutEmailTests
{
    [Fact]
    public async Task Create_ByPinAlone_WorksAndAnEmailIsRefusedByName()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new("https://help.example.org/");
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
            })
            .AddAspNetCore(options => options.Technician = _ => new Technician("ada", "Ada") { Groups = ["all"] });
        await using var app = builder.Build();
        app.MapRescueSessions();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();

        await client.CreateAsync("Grace");
        var refusal = await client.PostAsync(
            "/rescue/sessions", new { customerName = "Grace", email = new { delivery = "onMyBehalf", to = "g@example.org" } }, HttpStatusCode.BadRequest);
        refusal.GetProperty("errors").TryGetProperty("email", out _).Should().BeTrue();
        (await client.GetAsync("/rescue/settings/template", TestContext.Current.CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await client.GetJsonAsync("/rescue/settings/timeouts");
        // There is no method by which a code would be sent again.
        using var resent = await client.PostAsync("/rescue/sessions/1/resend", null, TestContext.Current.CancellationToken);
        resent.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
