using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// A ZIP archive with the applet, a <c>session.link</c> and a word of what to do beside it, written straight into the answer. The applet is stored as it
/// is, for it is compressed already.
/// </summary>
/// <param name="platform">The platform.</param>
/// <param name="source">The applet's program file, or the folder whose files belong to it.</param>
/// <param name="link">What the applet is to find: the whole link, or the server's address alone, and then it asks for the PIN.</param>
/// <param name="texts">The customer's language.</param>
/// <param name="context">Whose applet it is.</param>
internal sealed class AppletArchive(DevicePlatform platform, string source, string link, CustomerTexts texts, CustomerContext context) : IResult
{
    private const string LinkFile = "session.link";
    private const string ReadMeFile = "README.txt";

    // Unix permissions stand in the upper half: a program that unzip may run at once, and a secret that only its owner reads.
    private const int Executable = 0x81ED << 16;
    private const int OwnersOnly = 0x8180 << 16;
    private const int Readable = 0x81A4 << 16;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        CustomerPage.ProtectiveHeaders(response);
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = Disposition();
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        // Entries are written asynchronously, but ZipArchive closes each with a few bytes of a synchronous write.
        if (httpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
            body.AllowSynchronousIO = true;
        var aborted = httpContext.RequestAborted;
        var archive = await ZipArchive.CreateAsync(response.Body, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, aborted).ConfigureAwait(false);
        await using (archive.ConfigureAwait(false))
        {
            // The link comes first, so that a download that breaks off never leaves an applet without it.
            await WriteAsync(archive, LinkFile, OwnersOnly, link + "\r\n", aborted).ConfigureAwait(false);
            await WriteAsync(archive, ReadMeFile, Readable, ReadMe(), aborted).ConfigureAwait(false);
            foreach (var file in Files())
            {
                var program = archive.CreateEntry(Path.GetFileName(file), CompressionLevel.NoCompression);
                program.ExternalAttributes = Executable;
                await using var content = File.OpenRead(file);
                await using var target = await program.OpenAsync(aborted).ConfigureAwait(false);
                await content.CopyToAsync(target, aborted).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(ZipArchive archive, string name, int attributes, string text, CancellationToken aborted)
    {
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        await using var target = await entry.OpenAsync(aborted).ConfigureAwait(false);
        await target.WriteAsync(Encoding.UTF8.GetBytes(text), aborted).ConfigureAwait(false);
    }

    private IEnumerable<string> Files() => Directory.Exists(source) ? Directory.EnumerateFiles(source).Order(StringComparer.Ordinal) : [source];

    private string ReadMe() => string.Join(
        "\r\n\r\n",
        texts.Format("TitleBy", context.Organization.Name),
        texts.StepOpen(platform),
        texts["StepWait"],
        texts["ReadMe_Link"]) + "\r\n";

    private string Disposition()
    {
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = $"Rescue-{platform.ToName()}.zip" };
        // Browsers that know it name the file after the organisation, which a customer finds again among other downloads.
        disposition.FileNameStar = $"{string.Concat(context.Organization.Name.Where(IsNameable)).Trim()} ({platform.ToName()}).zip";
        return disposition.ToString();
    }

    private static bool IsNameable(char character) => char.IsLetterOrDigit(character) || character is ' ' or '-' or '&' or '.' or ',' or '\'';
}
