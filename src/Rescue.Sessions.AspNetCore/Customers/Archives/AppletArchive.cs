using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>
/// A ZIP archive with the applet, a <c>session.link</c> and a word of what to do beside it. The same link and language give the same bytes, so that a
/// download that broke off goes on where it was (RFC 9110, section 14).
/// </summary>
/// <param name="platform">The platform.</param>
/// <param name="source">The applet's program file, or the folder whose files belong to it.</param>
/// <param name="link">What the applet is to find: the whole link, or the server's address alone, and then it asks for the PIN.</param>
/// <param name="madeAt">When the link's session was made; null for the address alone. Of two links in one folder the applet takes the newer.</param>
/// <param name="texts">The customer's language.</param>
/// <param name="context">Whose applet it is.</param>
internal sealed class AppletArchive(DevicePlatform platform, string source, string link, DateTimeOffset? madeAt, CustomerTexts texts, CustomerContext context)
    : IResult
{
    private const string LinkFile = "session.link";
    private const string ReadMeFile = "README.txt";

    // Unix permissions stand in the upper half: a program that unzip may run at once, and a secret that only its owner reads.
    private const int Executable = 0x81ED << 16;
    private const int OwnersOnly = 0x8180 << 16;
    private const int Readable = 0x81A4 << 16;

    /// <summary>The name under which an organisation's customers find the download.</summary>
    public static string NameOf(Organization organization, DevicePlatform platform) =>
        $"{string.Concat(organization.Name.Where(IsNameable)).Trim()} ({platform.ToName()}).zip";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var digests = httpContext.RequestServices.GetRequiredService<FileDigests>();
        // The link comes first, so that a download that breaks off for good never leaves an applet without it.
        List<ArchiveEntry> entries =
        [
            ArchiveEntry.Of(LinkFile, OwnersOnly, Encoding.UTF8.GetBytes(link + "\r\n"), madeAt),
            ArchiveEntry.Of(ReadMeFile, Readable, Encoding.UTF8.GetBytes(ReadMe())),
        ];
        foreach (var file in AppletFiles.Of(source))
            entries.Add(ArchiveEntry.Of(file, Executable, await digests.OfAsync(file, httpContext.RequestAborted).ConfigureAwait(false)));

        var layout = ArchiveLayout.Of(entries);
        var response = httpContext.Response;
        PageResult.ProtectiveHeaders(response);
        response.Headers.Vary = "Accept-Language";
        response.Headers.ContentDisposition = Disposition();
        var content = new ArchiveStream(layout);
        await using (content.ConfigureAwait(false))
        {
            await TypedResults.Stream(content, "application/zip", entityTag: new(layout.EntityTag), enableRangeProcessing: true)
                .ExecuteAsync(httpContext).ConfigureAwait(false);
        }
    }

    private string ReadMe() => string.Join(
        "\r\n\r\n",
        texts.Format("TitleBy", context.Organization.Name),
        texts.StepOpen(platform, AppletFiles.ProgramOf(source)),
        texts["StepWait"],
        texts["ReadMe_Link"]) + "\r\n";

    private string Disposition()
    {
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = $"Rescue-{platform.ToName()}.zip" };
        // Browsers that know it name the file after the organisation, which a customer finds again among other downloads.
        disposition.FileNameStar = NameOf(context.Organization, platform);
        return disposition.ToString();
    }

    private static bool IsNameable(char character) => char.IsLetterOrDigit(character) || character is ' ' or '-' or '&' or '.' or ',' or '\'';
}
