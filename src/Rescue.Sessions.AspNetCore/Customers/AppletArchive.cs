using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// A ZIP archive with the applet and a <c>session.link</c> beside it, written straight into the answer. The applet is stored as it is, for it is
/// compressed already.
/// </summary>
/// <param name="platform">The platform.</param>
/// <param name="file">The applet's program file.</param>
/// <param name="link">What the applet is to find: the whole link, or the server's address alone, and then it asks for the PIN.</param>
internal sealed class AppletArchive(DevicePlatform platform, string file, string link) : IResult
{
    private const string LinkFile = "session.link";

    // Unix permissions stand in the upper half: a program that unzip may run at once, and a secret that only its owner reads.
    private const int Executable = 0x81ED << 16;
    private const int OwnersOnly = 0x8180 << 16;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        CustomerPage.ProtectiveHeaders(response);
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"Rescue-{platform.ToName()}.zip\"";
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
            var note = archive.CreateEntry(LinkFile);
            note.ExternalAttributes = OwnersOnly;
            await using (var target = await note.OpenAsync(aborted).ConfigureAwait(false))
                await target.WriteAsync(Encoding.UTF8.GetBytes(link + "\r\n"), aborted).ConfigureAwait(false);

            var program = archive.CreateEntry(Path.GetFileName(file), CompressionLevel.NoCompression);
            program.ExternalAttributes = Executable;
            await using var source = File.OpenRead(file);
            await using var content = await program.OpenAsync(aborted).ConfigureAwait(false);
            await source.CopyToAsync(content, aborted).ConfigureAwait(false);
        }
    }
}
