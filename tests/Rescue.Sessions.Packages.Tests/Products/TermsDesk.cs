using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A service of the applet's protocol that asks for terms, and for which the session goes on elsewhere whatever else the applet says.</summary>
internal sealed class TermsDesk : IAsyncDisposable
{
    private readonly WebApplication web;

    private TermsDesk(WebApplication web) => this.web = web;

    public Uri Link => new($"{web.Urls.Single()}/Customer/Code.aspx?i=2&Code=012345&k=q83vEjRWeJq83vEjRWeJqA");

    public static async Task<TermsDesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var desk = new TermsDesk(builder.Build());
        desk.web.MapPost("/applet/join", () => Results.Text("""{"sessionId":"s1","appletKey":"key","terms":"Our terms."}""", "application/json"));
        desk.web.MapPost("/applet/s1/{verb}", () =>
            Results.Text("""{"title":"Not signed in.","status":401,"code":"unknownKey"}""", "application/problem+json", statusCode: StatusCodes.Status401Unauthorized));
        await desk.web.StartAsync(TestContext.Current.CancellationToken);
        return desk;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
