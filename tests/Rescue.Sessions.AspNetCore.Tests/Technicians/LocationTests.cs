using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public sealed class LocationTests
{
    [Theory]
    [InlineData("/tickets", "/tickets/rescue/sessions")]
    [InlineData("/n\u00E9 w", "/n%C3%A9%20w/rescue/sessions")]
    public async Task Create_WhereverTheRoutesAre_LeadsToTheSession(string prefix, string path)
    {
        await using var product = await TestProduct.StartAsync(map: app => app.MapGroup(prefix).MapTechnicianSessions());

        using var answer = await product.Technician().PostAsync(path, JsonContent.Create(new { customerName = "Ada" }), TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        answer.Headers.Location!.OriginalString.Should().MatchRegex("^" + path + "/[A-Za-z0-9_-]+$");
    }
}
