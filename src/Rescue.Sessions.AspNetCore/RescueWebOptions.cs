using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore;

/// <summary>What the endpoints need to know of the host.</summary>
public sealed class RescueWebOptions
{
    /// <summary>
    /// Tells who the signed-in technician is; null when the request is nobody's, which is answered with 401. This or <see cref="FindTechnician"/> is compulsory. Called once
    /// a request, and every five seconds while an event stream is open, then with the user of a sign-in that was judged anew, by its scheme and by the policy of the route: the stream of
    /// somebody who is nobody any more, or of another tenant, ends. A user whom a middleware has set, or has added claims to, stays that of the beginning.
    /// </summary>
    public Func<ClaimsPrincipal, Technician?>? Technician { get; set; }

    /// <summary>
    /// The same where the sign-in alone does not tell: it has the request, with its services (<see cref="HttpContext.RequestServices"/>), and may wait. Called as often as
    /// <see cref="Technician"/>, whose place it takes; for an open event stream beside the stream's own work, by one caller at a time, and with a context of its own, whose services are
    /// those of a new scope and whose answer nobody gets. What it throws is the request's failure.
    /// </summary>
    public Func<HttpContext, ValueTask<Technician?>>? FindTechnician { get; set; }

    /// <summary>
    /// The applet's program file for each platform, made ready beforehand, or a folder whose files belong to it, such as one program for each processor
    /// and a script that chooses; a relative path begins at the content root. The customer's pages offer the platforms that are here.
    /// </summary>
    public IDictionary<DevicePlatform, string> Applets { get; } = new Dictionary<DevicePlatform, string>();

    /// <summary>
    /// Whose name the operating system shows when the applet is opened, that of the certificate it is signed with; it stands on the download's button, so
    /// that customers can compare. Null, the default, for an applet that is not signed.
    /// </summary>
    public string? AppletPublisher { get; set; }

    /// <summary>The applet as a page in the customer's browser, where no program runs.</summary>
    public BrowserOptions Browser { get; } = new();

    /// <summary>
    /// Further origins whose pages may change something here, such as <c>https://app.example</c> for a single-page app on a host of its own: scheme,
    /// host and, where it is not the scheme's own, port. Empty by default: then only pages of the request's own host, of
    /// <see cref="Codes.CodeOptions.PublicBaseUri"/> and of the organisations' addresses may. Their reading also takes CORS, and their cookie <c>SameSite=None</c> where the site differs.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>How many event streams may be open at once.</summary>
    public StreamOptions Streams { get; } = new();

    /// <summary>The oldest applet protocol that is served, 1 by default; an older applet is told to be downloaded anew (426).</summary>
    public int MinimumAppletProtocol { get; set; } = 1;

    /// <summary>The terms an applet shows before it is ready; the customer may decline them. Null, the default, for none.</summary>
    public string? Terms { get; set; }

    /// <summary>
    /// The same where they depend on the session, such as on its <see cref="Session.Tenant"/>, or on the languages that the customer reads, which the request's
    /// <c>Accept-Language</c> tells. Called for each join, whose failure is what it throws: the applet joins again then. Takes the place of <see cref="Terms"/>.
    /// </summary>
    public Func<HttpContext, Session, ValueTask<string?>>? FindTerms { get; set; }

    /// <summary>
    /// The tenant as which the product's own host name, and every one that is not known, shows itself to customers, and under which wrong PINs typed there are
    /// counted. Under a host name of an organisation's own, that organisation is counted.
    /// </summary>
    public string Tenant { get; set; } = Sessions.Technician.DefaultTenant;

    internal ValueTask<string?> TermsOf(HttpContext context, Session session) => FindTerms is { } find ? find(context, session) : new(Terms);

    internal ValueTask<Technician?> TechnicianOf(HttpContext context) => FindTechnician is { } find ? find(context) : new(Technician!(context.User));
}
