using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Rescue.Sessions.AspNetCore.Tests.Json;

/// <summary>Bodies that no honest client sends, over a real connection, to every route that reads one.</summary>
public class HostileBodyTests
{
    private static readonly string[] Hostile =
    [
        "not json",
        "{",
        "{\"a\":1}{",
        "{\"a\":1} trailing",
        "[[",
        "\"text\"",
        "1e999",
        "{\"\\ud800\":1}",
        "{\"a\":\"\\udc00\"",
        "{\"a\":\u0001}",
        "{/* comment */}x",
        new string('[', 900),
        string.Concat(Enumerable.Repeat("{\"a\":", 180)),
        "\u0000",
        "\uFEFF\uFEFF{}",
    ];

    [Theory]
    [InlineData("/rescue/sessions")]
    [InlineData("/rescue/sessions/ID/start")]
    [InlineData("/rescue/sessions/ID/hold")]
    [InlineData("/rescue/sessions/ID/transfer")]
    [InlineData("/rescue/sessions/ID/transfer/accept")]
    [InlineData("/rescue/sessions/ID/resend")]
    [InlineData("/applet/join")]
    [InlineData("/applet/ID/ready")]
    public async Task Body_ThatIsNoJson_Is400_AndNothingBreaks(string route)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        technician.DefaultRequestHeaders.Authorization = new("Bearer", key);

        foreach (var body in Hostile.Select(Encoding.UTF8.GetBytes).Append([0xFF, 0xFE, 0x7B]).Append([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8, 0x80]))
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await technician.PostAsync(route.Replace("ID", id, StringComparison.Ordinal), content, Cancelled);
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, Encoding.UTF8.GetString(body));
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        }

        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","customerName":"Bob"}""")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":{"delivery":"defaultMailClient","to":"a@b.org","to":"c@d.org"}}""")]
    [InlineData("/applet/join", """{"pin":"123456","pin":"654321"}""")]
    public async Task Body_WithAKeyTwice_Is400(string route, string body)
    {
        await using var product = await TestProduct.StartAsync();

        await product.Technician().PostRawAsync(route, body, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("\xFF")]
    [InlineData("a\xC3\x28")]
    public async Task Name_InInvalidUtf8_Is400(string latin)
    {
        await using var product = await TestProduct.StartAsync();
        byte[] body = [.. "{\"customerName\":\""u8, .. Encoding.Latin1.GetBytes(latin), .. "\"}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await product.Technician().PostAsync("/rescue/sessions", content, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/plain; x=json")]
    [InlineData("text/plain;charset=application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=json")]
    [InlineData("")]
    public async Task Body_OfATypeThatAnyPageMayPost_IsRefused(string contentType)
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        using var content = new StringContent("""{"customerName":"Ada"}""");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var create = await product.Technician().PostAsync("/rescue/sessions", content, Cancelled);
        using var start = await product.Technician().PostAsync($"/rescue/sessions/{id}/start", content, Cancelled);

        create.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        start.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/vnd.example+json")]
    public async Task Body_OfJson_IsRead(string contentType)
    {
        await using var product = await TestProduct.StartAsync();
        using var content = new ByteArrayContent([.. """{"customerName":"Ada"}"""u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var answer = await product.Technician().PostAsync("/rescue/sessions", content, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("/rescue/sessions", 17_000)]
    [InlineData("/applet/join", 5_000)]
    public async Task Body_InChunksWithoutEnd_Is413_AndTheServerGoesOn(string route, int size)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StreamContent(new MemoryStream(new byte[size])) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");

        using var answer = await product.Technician().SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        await product.Technician().CreateAsync();
        product.Faults.All.Should().BeEmpty();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
