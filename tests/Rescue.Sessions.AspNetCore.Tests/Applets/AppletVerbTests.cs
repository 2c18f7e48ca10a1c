using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Guessing;

namespace Rescue.Sessions.AspNetCore.Tests.Applets;

public class AppletVerbTests
{
    [Theory]
    [InlineData("""{"platform":"beos"}""", "platform")]
    [InlineData("""{"platform":3}""", "platform")]
    [InlineData("""{"platform":""}""", "platform")]
    [InlineData("""{"kind":"window"}""", "kind")]
    [InlineData("""{"kind":"1"}""", "kind")]
    [InlineData("""{"kind":""}""", "kind")]
    [InlineData("""{"kind":1}""", "kind")]
    [InlineData("""{"hostName":"a\nb"}""", "hostName")]
    [InlineData("""{"hostName":"a\u202Eb"}""", "hostName")]
    [InlineData("""{"hostName":["pc"]}""", "hostName")]
    [InlineData("""{"hostName":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"}""", "hostName")]
    public async Task Ready_WithWrongValues_NamesTheField_AndTheCustomerDoesNotWait(string body, string field)
    {
        await using var product = await TestProduct.StartAsync();
        var (id, key) = await product.Anyone.JoinAsync(await product.Technician().CreateAsync());
        product.Anyone.DefaultRequestHeaders.Authorization = new("Bearer", key);

        var problem = await product.Anyone.PostRawAsync($"/applet/{id}/ready", body, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Single().Name.Should().Be(field);
        (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("connecting");
    }

    [Theory]
    [InlineData("""{}""", "program")]
    [InlineData("""{"hostName":"pc"}""", "program")]
    [InlineData("""{"kind":null}""", "program")]
    [InlineData("""{"kind":"program"}""", "program")]
    [InlineData("""{"kind":"browser","platform":"windows"}""", "browser")]
    [InlineData("""{"kind":"Browser"}""", "browser")]
    public async Task Ready_TellsTheKind_AndAnAppletWithoutOneIsAProgram(string body, string kind)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.Anyone.JoinAsync(await technician.CreateAsync());
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("kind").ValueKind.Should().Be(JsonValueKind.Null);
        product.Anyone.DefaultRequestHeaders.Authorization = new("Bearer", key);

        await product.Anyone.PostRawAsync($"/applet/{id}/ready", body, HttpStatusCode.OK);

        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("kind").Should().Be(kind);
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items")[0].Text("kind").Should().Be(kind);
    }

    [Theory]
    [InlineData("WINDOWS", "windows")]
    [InlineData("macos", "macos")]
    [InlineData("ios", "ios")]
    public async Task Ready_TellsPlatformAndHost_AndARepeatChangesNothing(string platform, string shown)
    {
        await using var product = await TestProduct.StartAsync();
        var (id, key) = await product.Anyone.JoinAsync(await product.Technician().CreateAsync());

        for (var i = 0; i < 2; i++)
        {
            (await product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "pc <1>", platform }, HttpStatusCode.OK, key))
                .Text("status").Should().Be("waiting");
        }

        var session = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        session.Text("platform").Should().Be(shown);
        session.Text("hostName").Should().Be("pc <1>");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer {0}A")]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer \u00e9")]
    public async Task Key_ThatIsNotShownAsItShould_Is401(string? header)
    {
        await using var product = await TestProduct.StartAsync();
        var (id, key) = await product.WaitingAsync(product.Technician());

        foreach (var verb in (string[])["ready", "heartbeat", "leave", "decline"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/applet/{id}/{verb}");
            if (header is not null)
                request.Headers.TryAddWithoutValidation("Authorization", string.Format(null, header, key));
            using var answer = await product.Anyone.SendAsync(request, Cancelled);
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        }

        (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("waiting");
    }

    [Fact]
    public async Task Key_OfASession_OpensNoOther_AndTellsNotWhetherThereIsOne()
    {
        await using var product = await TestProduct.StartAsync();
        var (_, key) = await product.WaitingAsync(product.Technician());
        var (other, _) = await product.WaitingAsync(product.Technician());

        var answers = new HashSet<string>();
        foreach (var id in (string[])[other, new string('1', 32), "nonsense", new string('0', 32)])
            answers.Add((await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.Unauthorized, key)).ToString());

        answers.Should().ContainSingle();
    }

    [Theory]
    [InlineData("decline", "closed")]
    [InlineData("heartbeat", "connecting")]
    [InlineData("leave", "closed")]
    public async Task Verb_WithABodyThatIsNone_IsRefused_AndWithNothingInItIsServed(string verb, string after)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.Anyone.JoinAsync(await technician.CreateAsync());
        var path = $"/applet/{id}/{verb}";

        using var text = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        text.Headers.Authorization = new("Bearer", key);
        using var refused = await product.Anyone.SendAsync(text, Cancelled);
        refused.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await product.Anyone.PostAsync(path, new { foo = 1 }, HttpStatusCode.BadRequest, key)).Text("code").Should().Be("unknownMember");
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("connecting");

        (await product.Anyone.PostAsync(path, new { }, HttpStatusCode.OK, key)).Text("status").Should().Be(after);
    }

    [Fact]
    public async Task Decline_ByAnAppletThatIsReady_Is409()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, key) = await product.WaitingAsync(product.Technician());

        (await product.Anyone.PostAsync($"/applet/{id}/decline", null, HttpStatusCode.Conflict, key)).Text("sessionStatus").Should().Be("waiting");
    }

    [Fact]
    public async Task Join_WithoutInstance_CannotBeRepeated()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, HttpStatusCode.OK);

        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Join_ByAnotherInstance_IsShownToTheTechnician()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var (id, _) = await product.Anyone.JoinAsync(created, "customer");
        using var stream = await Events.EventReader.OpenAsync(technician, "/rescue/sessions/events");

        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), instance = "stranger" }, HttpStatusCode.Conflict);
        await product.Services.GetRequiredService<TriedCodes>().RecordAsync(Cancelled);

        var happened = (await stream.NextAsync())!.Value;
        // What happened before may still be on its way when the stream opens.
        while (happened.Text("kind") is "created" or "transition")
            happened = (await stream.NextAsync())!.Value;
        happened.Text("kind").Should().Be("codeTried");
        happened.Text("sessionId").Should().Be(id);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-")]
    public async Task Join_InstanceOfTheShortestAndLongestKind_IsTaken(string instance)
    {
        await using var product = await TestProduct.StartAsync();

        await product.Anyone.JoinAsync(await product.Technician().CreateAsync(), instance);
        await product.Anyone.PostAsync("/applet/join", new { pin = "123456", instance = instance.PadRight(65, 'x') }, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("POST /applet/join HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"pin\"")]
    [InlineData("POST /applet/join HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"pi")]
    [InlineData("POST /applet/join HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"pi")]
    [InlineData("POST /Customer HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nCode=1")]
    [InlineData("POST /Customer HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Client_ThatHangsUpInTheMiddle_IsNoFault(string start)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var server = product.Anyone.BaseAddress!;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port, Cancelled);
        await socket.SendAsync(Encoding.ASCII.GetBytes(start), Cancelled);
        socket.Shutdown(SocketShutdown.Send);

        var failure = await product.EndOfAsync(start.Split(' ')[1]);
        await product.StopAsync();
        (failure is null or OperationCanceledException).Should().BeTrue($"{failure}");
        product.Faults.All.Should().BeEmpty();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
