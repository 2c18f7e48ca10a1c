using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using CsCheck;
using Rescue.Sessions.AspNetCore.Customers.Archives;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>Downloads that break off and go on, are asked for again, and are looked at before.</summary>
public sealed class DownloadTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly string folder = Directory.CreateTempSubdirectory("applets-").FullName;

    public DownloadTests()
    {
        File.WriteAllBytes(Path.Combine(folder, "Applet"), [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 31 >> 3))]);
        File.WriteAllText(Path.Combine(folder, "Applet.command"), "#!/bin/sh\n");
        File.WriteAllText(Path.Combine(folder, "empty"), "");
    }

    [Fact]
    public async Task Download_SaysHowLongItIs_AndIsAnArchiveThatReadersTake()
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);

        using var answer = await product.Anyone.GetAsync(path, Ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);

        answer.Content.Headers.ContentLength.Should().Be(bytes.Length);
        answer.Headers.AcceptRanges.Should().Equal("bytes");
        answer.Headers.ETag!.IsWeak.Should().BeFalse();
        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var name in (string[])["Applet", "Applet.command", "empty"])
        {
            await using var entry = archive.GetEntry(name)!.Open();
            using var content = new MemoryStream();
            await entry.CopyToAsync(content, Ct);
            content.ToArray().Should().Equal(await File.ReadAllBytesAsync(Path.Combine(folder, name), Ct));
        }
    }

    [Fact]
    public async Task Download_OfTheSameLink_IsTheSameBytes_OfAnotherOthers()
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);
        var other = await PathAsync(product);

        using var one = await product.Anyone.GetAsync(path, Ct);
        product.Time.Advance(TimeSpan.FromMinutes(3));
        using var again = await product.Anyone.GetAsync(path, Ct);
        using var another = await product.Anyone.GetAsync(other, Ct);

        (await again.Content.ReadAsByteArrayAsync(Ct)).Should().Equal(await one.Content.ReadAsByteArrayAsync(Ct));
        again.Headers.ETag.Should().Be(one.Headers.ETag);
        another.Headers.ETag.Should().NotBe(one.Headers.ETag);
    }

    [Fact]
    public async Task Link_HasTheTimeOfItsSession_SoThatTheNewerOfTwoIsKnown()
    {
        await using var product = await StartAsync();
        var made = product.Time.GetUtcNow();
        var older = await PathAsync(product);
        product.Time.Advance(TimeSpan.FromMinutes(3));
        var newer = await PathAsync(product);

        var times = new List<DateTimeOffset>();
        foreach (var path in (string[])[older, newer])
        {
            var bytes = await product.Anyone.GetByteArrayAsync(path, Ct);
            await using var archive = new ZipArchive(new MemoryStream(bytes));
            // It has no zone in an archive, and is UTC there.
            times.Add(new(archive.GetEntry("session.link")!.LastWriteTime.DateTime, TimeSpan.Zero));
            archive.Entries.Where(entry => entry.Name != "session.link").Should().OnlyContain(entry => entry.LastWriteTime.Year == 1980);
            // The extended timestamp of Info-ZIP, behind the first header's 30 bytes and the name.
            var extra = bytes.AsSpan(30 + "session.link".Length, 9);
            BitConverter.ToUInt16(extra).Should().Be(0x5455);
            DateTimeOffset.FromUnixTimeSeconds(BitConverter.ToUInt32(extra[5..])).Should().BeCloseTo(times[^1], TimeSpan.FromSeconds(2));
        }

        times[0].Should().BeCloseTo(made, TimeSpan.FromSeconds(2));
        (times[1] - times[0]).Should().BeCloseTo(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(1970, "1980-01-01T00:00:00")]
    [InlineData(2026, "2026-07-08T09:10:12")]
    [InlineData(2107, "2107-07-08T09:10:12")]
    [InlineData(2500, "2107-12-31T23:59:58")]
    public void Time_IsTheNearestThatAnArchiveCanSay(int year, string said)
    {
        var layout = ArchiveLayout.Of([ArchiveEntry.Of("one", 0, [1], new DateTimeOffset(year, 7, 8, 11, 10, 13, TimeSpan.FromHours(2))), ArchiveEntry.Of("two", 0, [2])]);

        using var archive = new ZipArchive(new MemoryStream(Read(layout, 0, int.MaxValue)));

        $"{archive.Entries[0].LastWriteTime:yyyy-MM-ddTHH:mm:ss}".Should().Be(said);
        archive.Entries[1].LastWriteTime.Year.Should().Be(1980);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 99)]
    [InlineData(20, 400)]
    [InlineData(150_000, null)]
    [InlineData(null, 500)]
    public async Task Range_IsThatStretch(int? from, int? to)
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);
        var whole = await product.Anyone.GetByteArrayAsync(path, Ct);

        using var answer = await SendAsync(product, path, request => request.Headers.Range = new(from, to));

        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        var (start, end) = from is null ? (whole.Length - to!.Value, whole.Length - 1) : (from.Value, to ?? whole.Length - 1);
        answer.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(start, end, whole.Length));
        (await answer.Content.ReadAsByteArrayAsync(Ct)).Should().Equal(whole[start..(end + 1)]);
    }

    [Fact]
    public async Task Range_PastTheEnd_IsRefusedWithTheLength()
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);
        var whole = await product.Anyone.GetByteArrayAsync(path, Ct);

        using var answer = await SendAsync(product, path, request => request.Headers.Range = new(whole.Length, null));

        answer.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Content.Headers.ContentRange!.Length.Should().Be(whole.Length);
    }

    [Fact]
    public async Task IfRange_OfWhatIsThere_GoesOn_OfAnythingElse_BeginsAnew()
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);
        using var first = await product.Anyone.GetAsync(path, Ct);
        var whole = await first.Content.ReadAsByteArrayAsync(Ct);

        using var goesOn = await ResumeAsync(first.Headers.ETag!);
        using var begins = await ResumeAsync(new("\"another\""));
        await File.WriteAllTextAsync(Path.Combine(folder, "Applet.command"), "#!/bin/sh\nexec ./Applet\n", Ct);
        using var changed = await ResumeAsync(first.Headers.ETag!);

        goesOn.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        byte[] joined = [.. whole[..1000], .. await goesOn.Content.ReadAsByteArrayAsync(Ct)];
        joined.Should().Equal(whole);
        begins.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.Headers.ETag.Should().NotBe(first.Headers.ETag);

        Task<HttpResponseMessage> ResumeAsync(EntityTagHeaderValue tag) => SendAsync(product, path, request =>
        {
            request.Headers.Range = new(1000, null);
            request.Headers.IfRange = new(tag);
        });
    }

    [Fact]
    public async Task IfNoneMatch_OfWhatIsThere_IsNotSentAgain()
    {
        await using var product = await StartAsync();
        var path = await PathAsync(product);
        using var first = await product.Anyone.GetAsync(path, Ct);

        using var again = await SendAsync(product, path, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync(Ct)).Should().BeEmpty();
    }

    [Fact]
    public async Task Head_SaysWhatGetSends()
    {
        await using var product = await StartAsync(overTcp: true);
        var path = await PathAsync(product);
        using var get = await product.Anyone.GetAsync(path, Ct);

        using var head = await product.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.Should().Be(get.Content.Headers.ContentLength);
        head.Content.Headers.ContentDisposition.Should().Be(get.Content.Headers.ContentDisposition);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
    }

    [Fact]
    public async Task Steps_NameTheFileThatTheHostHasConfigured()
    {
        await using var product = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, (await product.Technician().CreateAsync()).Text("link"));
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)");

        using var answer = await product.Anyone.SendAsync(request, Ct);

        (await answer.Content.ReadAsStringAsync(Ct)).Should().Contain("then open Applet.command.").And.NotContain("RescueApplet");
    }

    [Fact]
    public void AnyStretch_OfAnyArchive_IsThatOfTheWhole() =>
        Gen.Select(Gen.Byte.Array[0, 200].List[1, 4], Gen.Int[0, 2000], Gen.Int[1, 2000]).Sample(sample =>
        {
            var (files, from, length) = sample;
            var layout = ArchiveLayout.Of([.. files.Select((content, index) => ArchiveEntry.Of($"{index}", 0, content))]);
            var whole = Read(layout, 0, int.MaxValue);

            using var archive = new ZipArchive(new MemoryStream(whole));
            archive.Entries.Select(entry => entry.Length).Should().Equal(files.Select(content => (long)content.Length));
            Read(layout, Math.Min(from, whole.Length), length).Should().Equal(whole.Skip(from).Take(length));
        });

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    public void Crc_IsThatOfTheFormat(string text, uint crc) => FileDigest.Of(System.Text.Encoding.ASCII.GetBytes(text)).Crc.Should().Be(crc);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Read(ArchiveLayout layout, int from, int length)
    {
        using var stream = new ArchiveStream(layout) { Position = from };
        var bytes = new byte[Math.Min(length, layout.Length - from)];
        stream.ReadAtLeastAsync(bytes, bytes.Length).AsTask().GetAwaiter().GetResult();
        return bytes;
    }

    private Task<TestProduct> StartAsync(bool overTcp = false) =>
        TestProduct.StartAsync(web: options => options.Applets[DevicePlatform.MacOS] = folder, overTcp: overTcp);

    private static async Task<string> PathAsync(TestProduct product) =>
        "/Customer/applet/macos" + new Uri((await product.Technician().CreateAsync()).Text("link")).Query;

    private static Task<HttpResponseMessage> SendAsync(TestProduct product, string path, Action<HttpRequestMessage> add)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        add(request);
        return product.Anyone.SendAsync(request, Ct);
    }
}
