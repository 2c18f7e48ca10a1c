using System.IO.Compression;
using System.Net;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public sealed class AppletArchiveTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly string folder = Directory.CreateTempSubdirectory("applets-").FullName;

    [Theory]
    [InlineData("en", "Remote support", "session.link tells the program")]
    [InlineData("fr", "assistance", "Le fichier session.link")]
    [InlineData("ar", "الدعم", "session.link")]
    public async Task Download_ReadMe_SaysWhatToDoInTheCustomersLanguage(string language, string title, string link)
    {
        await using var product = await TestProduct.StartAsync();
        product.Anyone.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var query = new Uri((await product.Technician().CreateAsync()).Text("link")).Query;

        using var archive = new ZipArchive(new MemoryStream(await product.Anyone.GetByteArrayAsync("/Customer/applet/windows" + query, Ct)));
        using var readMe = new StreamReader(archive.GetEntry("README.txt")!.Open());
        var text = await readMe.ReadToEndAsync(Ct);

        text.ToUpperInvariant().Should().Contain(title.ToUpperInvariant());
        text.Should().Contain(link).And.Contain("Acme & Sons").And.NotContain(query);
    }

    [Fact]
    public async Task Download_FolderOfPrograms_HoldsAllOfThem_ToBeRun()
    {
        foreach (var name in (string[])["RescueApplet-arm64", "RescueApplet-x64", "RescueApplet.command"])
            await File.WriteAllTextAsync(Path.Combine(folder, name), name, Ct);
        await using var product = await TestProduct.StartAsync(web: options => options.Applets[DevicePlatform.MacOS] = folder);

        using var archive = new ZipArchive(new MemoryStream(await product.Anyone.GetByteArrayAsync("/Customer/applet/macos", Ct)));

        archive.Entries.Select(entry => entry.Name).Should().Equal("session.link", "README.txt", "RescueApplet-arm64", "RescueApplet-x64", "RescueApplet.command");
        archive.Entries.Skip(2).Should().OnlyContain(entry => ((entry.ExternalAttributes >> 16) & 0x49) == 0x49);
    }

    [Fact]
    public async Task Download_Name_IsTheOrganisations()
    {
        await using var product = await TestProduct.StartAsync(options => options.Organization.Name = "Müller/\"Söhne\" & Co.");

        using var answer = await product.Anyone.GetAsync("/Customer/applet/linux", Ct);

        var disposition = answer.Content.Headers.ContentDisposition!;
        disposition.FileName.Should().Be("Rescue-linux.zip");
        disposition.FileNameStar.Should().Be("MüllerSöhne & Co. (linux).zip");
    }

    [Fact]
    public async Task Landing_PlatformWithoutWordsOfItsOwn_IsOfferedInGeneralOnes()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Applets[DevicePlatform.ChromeOS] = folder);
        using var request = new HttpRequestMessage(HttpMethod.Get, (await product.Technician().CreateAsync()).Text("link"));
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36");

        using var answer = await product.Anyone.SendAsync(request, Ct);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Ct)).Should().Contain("/Customer/applet/chromeos");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
