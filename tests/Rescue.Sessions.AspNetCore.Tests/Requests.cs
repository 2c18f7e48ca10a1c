using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>Requests as tests write them, each with the status it expects.</summary>
internal static class Requests
{
    public static async Task<JsonElement> PostAsync(this HttpClient client, string path, object? body, HttpStatusCode expected, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await SendAsync(client, request, expected);
    }

    public static Task<JsonElement> PostRawAsync(this HttpClient client, string path, string body, HttpStatusCode expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return SendAsync(client, request, expected);
    }

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(client, new HttpRequestMessage(HttpMethod.Get, path), expected);

    public static Task<JsonElement> PutAsync(this HttpClient client, string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(client, new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) }, expected);

    public static Task<JsonElement> DeleteJsonAsync(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(client, new HttpRequestMessage(HttpMethod.Delete, path), expected);

    public static Task<JsonElement> CreateAsync(this HttpClient technician, string name = "Ada") =>
        technician.PostAsync("/rescue/sessions", new { customerName = name }, HttpStatusCode.Created);

    /// <summary>Joins with the link's token as an applet does.</summary>
    public static async Task<(string Id, string Key)> JoinAsync(this HttpClient applet, JsonElement created, string instance = "one")
    {
        var joined = await applet.PostAsync("/applet/join", new { token = TokenOf(created), instance }, HttpStatusCode.OK);
        return (joined.Text("sessionId"), joined.Text("appletKey"));
    }

    /// <summary>A session whose customer waits.</summary>
    public static async Task<(string Id, string Key)> WaitingAsync(this TestProduct product, HttpClient technician, string name = "Ada")
    {
        var (id, key) = await product.Anyone.JoinAsync(await technician.CreateAsync(name));
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "pc", platform = "windows" }, HttpStatusCode.OK, key);
        return (id, key);
    }

    public static string TokenOf(JsonElement created) => created.Text("link").Split("&k=")[1];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string[] Texts(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode expected)
    {
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(expected, text);
        return text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
    }
}
