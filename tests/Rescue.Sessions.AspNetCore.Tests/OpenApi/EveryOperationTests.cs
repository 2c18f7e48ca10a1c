using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Webhooks.Transport;
using static System.Net.HttpStatusCode;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>
/// Calls every operation over HTTP. What comes back is held against the document by the client itself: the status, the type, the
/// headers, every member, and the words of refusals.
/// </summary>
public sealed class EveryOperationTests
{
    private static readonly string[] Bodies = ["", "{}", "{\"nonsense\":1}", "[]", "null", "{", "{\"customerName\":\"Ada\",\"customerName\":\"Ada\"}"];

    [Fact]
    public async Task EveryOperation_Succeeds_AsTheDocumentSays()
    {
        var contract = await ApiContract.FreshAsync();
        await using var product = await TestProduct.StartAsync(options => options.Requests.IsEnabled = true, contract: contract, add: rescue =>
        {
            rescue.Services.AddSingleton<ResolveHost>((_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)));
            rescue.AddWebhooks();
        });

        await LookAroundAsync(product);
        await InviteAsync(product);
        await HelpAsync(product);
        await TransferAsync(product);
        await HaveGuestsAsync(product, contract);
        await WatchAsync(product, contract);
        await VisitAsync(product);
        await SetAsync(product);
        await SetTemplatesAsync(product);
        await TellOthersAsync(product);

        var succeeded = contract.Seen.Where(seen => seen.Status < 400).Select(seen => seen.Id).Distinct();
        succeeded.Should().BeEquivalentTo(contract.Operations.Select(operation => operation.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("few")]
    [InlineData("all")]
    public async Task EveryOperation_WhateverItIsAsked_AnswersAsTheDocumentSays(string? group)
    {
        var contract = await ApiContract.FreshAsync();
        await using var product = await TestProduct.StartAsync(options => options.Requests.IsEnabled = true, contract: contract, add: rescue => rescue.AddWebhooks());
        var client = group is null ? product.Anyone : product.Technician(group: group);

        foreach (var operation in contract.Operations)
        {
            var path = operation.Path.Replace("{platform}", "windows", StringComparison.Ordinal).Replace("{id}", "01", StringComparison.Ordinal)
                .Replace("{sessionId}", "01", StringComparison.Ordinal).Replace("{guest}", "01", StringComparison.Ordinal);
            foreach (var body in operation.Method is "GET" or "HEAD" ? Bodies[..1] : Bodies)
                await SendAsync(client, operation.Method, path, body);
            if (operation.Method is not ("GET" or "HEAD"))
                await SendAsync(client, operation.Method, path, new string(' ', 600_000));
            await SendAsync(client, operation.Method, path, "", ("Sec-Fetch-Site", "cross-site"));
            await SendAsync(client, operation.Method, path + "?language=!&platform=tricorder&status=x&limit=0&after=x&Code=1&k=2", "");
        }

        contract.Seen.Select(seen => seen.Id).Distinct().Should().HaveCount(contract.Operations.Count);
    }

    [Fact]
    public async Task EveryOperation_StoreAway_AnswersAsTheDocumentSays()
    {
        var contract = await ApiContract.FreshAsync();
        var (store, away) = AwayStore.Open();
        await using var product = await TestProduct.StartAsync(options => options.Requests.IsEnabled = true, store: store, contract: contract, asleep: true, add: rescue => rescue.AddWebhooks());
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var query = new Uri(created.Text("link")).Query;
        away.IsAway = true;

        foreach (var operation in contract.Operations)
        {
            var path = operation.Path.Replace("{platform}", "windows", StringComparison.Ordinal).Replace("{id}", created.Text("id"), StringComparison.Ordinal)
                .Replace("{sessionId}", created.Text("id"), StringComparison.Ordinal);
            await SendAsync(technician, operation.Method, path + query, operation.Method == "POST" ? "{}" : "");
        }

        contract.Seen.Where(seen => seen.Status == 503).Select(seen => seen.Id).Should().Contain(
            ["listSessions", "getSession", "startSession", "getPresence", "showLandingPage", "downloadApplet", "showDeclinePage"]);
    }

    [Fact]
    public async Task EveryCode_IsAnOperations()
    {
        var contract = await ApiContract.SharedAsync();

        var declared = contract.Operations.SelectMany(operation => operation.Json.GetProperty("responses").EnumerateObject())
            .Where(answer => answer.Value.TryGetProperty("x-problem-codes", out _))
            .SelectMany(answer => answer.Value.GetProperty("x-problem-codes").EnumerateArray().Select(code => code.GetString()!)).Distinct();

        declared.Select(word => Enum.Parse<ProblemCode>(word, ignoreCase: true)).Should().BeEquivalentTo(Enum.GetValues<ProblemCode>().Except([ProblemCode.MethodNotAllowed]));
    }

    private static async Task LookAroundAsync(TestProduct product)
    {
        var alice = product.Technician();
        await alice.GetJsonAsync("/rescue/me");
        await alice.GetJsonAsync("/rescue/colleagues");
        await alice.GetJsonAsync("/rescue/presence");
        await alice.PutAsync("/rescue/presence", new { presence = "busy" });
        await alice.PutAsync("/rescue/presence", new { presence = "available" });
        await alice.PutAsync("/rescue/presence", new { presence = "asleep" }, BadRequest);
    }

    private static async Task InviteAsync(TestProduct product)
    {
        var alice = product.Technician();
        var whole = new
        {
            customerName = "Ada",
            reference = "T-1",
            fields = new { field0 = "a", tracking = "b" },
            email = new { delivery = "onMyBehalf", to = "ada@example.org", forMobileDevice = true, platform = "android", language = "fr", timeZone = "Europe/Paris" },
        };
        await SendAsync(alice, whole, "one", Created);
        await SendAsync(alice, whole, "one", OK);
        await SendAsync(alice, new { customerName = "Grace" }, "one", UnprocessableEntity);
        var draft = await alice.PostAsync("/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient" } }, Created);
        await alice.PostAsync($"/rescue/sessions/{draft.Text("id")}/resend", null, OK);
        await alice.PostAsync($"/rescue/sessions/{draft.Text("id")}/resend", new { delivery = "defaultMailClient" }, OK);
        await alice.PostAsync($"/rescue/sessions/{draft.Text("id")}/resend", new { delivery = "onMyBehalf" }, BadRequest);
        await alice.PostAsync($"/rescue/sessions/{draft.Text("id")}/revoke", null, OK);
        await alice.PostAsync($"/rescue/sessions/{draft.Text("id")}/resend", null, Conflict);
        await alice.GetJsonAsync("/rescue/sessions?status=connecting,closed&search=ada&limit=1");
        await alice.GetJsonAsync($"/rescue/customers/export?customer=Ada");
        await alice.GetJsonAsync("/rescue/customers/export", BadRequest);
        await alice.PostAsync("/rescue/customers/erase", new { customer = "Ada" }, OK);
        await product.Technician(group: "few").PostAsync("/rescue/customers/erase", new { customer = "Ada" }, Forbidden);
    }

    private static async Task HelpAsync(TestProduct product)
    {
        var alice = product.Technician();
        var created = await alice.CreateAsync();
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), instance = "two" }, Conflict);
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000", protocol = 1 }, NotFound);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "pc", platform = "windows", kind = "program" }, OK, key);
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, OK, key);
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, Unauthorized, "none");
        await alice.PostAsync($"/rescue/sessions/{id}/hold", null, Conflict);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, OK);
        (await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/start", null, Conflict)).Text("code").Should().Be("alreadyStarted");
        await alice.GetJsonAsync($"/rescue/sessions/{id}");
        await alice.PostAsync($"/rescue/sessions/{id}/activity", null, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/hold", new { }, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/resume", null, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/reboot", null, OK);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, OK, key);
        await product.Anyone.PostAsync($"/applet/{id}/leave", null, OK, key);
        await product.Anyone.PostAsync($"/applet/{id}/leave", null, Gone, key);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, Gone);
        var (other, otherKey) = await product.Anyone.JoinAsync(await alice.CreateAsync());
        await product.Anyone.PostAsync($"/applet/{other}/decline", null, OK, otherKey);
        await alice.PostAsync($"/rescue/sessions/{other}/close", null, Conflict);
    }

    private static async Task TransferAsync(TestProduct product)
    {
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        var (id, _) = await product.WaitingAsync(alice);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "zoe" }, Conflict);
        await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, OK);
        await bob.GetJsonAsync($"/rescue/sessions/{id}");
        await product.Technician("carol").GetJsonAsync($"/rescue/sessions/{id}");
        await bob.PostAsync($"/rescue/sessions/{id}/transfer/decline", null, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/transfer/takeBack", null, OK);
        await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, OK);
        await bob.PostAsync($"/rescue/sessions/{id}/transfer/accept", null, OK);
        await bob.PostAsync($"/rescue/sessions/{id}/close", null, OK);
    }

    private static async Task HaveGuestsAsync(TestProduct product, ApiContract contract)
    {
        var alice = product.Technician();
        var (id, _) = await product.WaitingAsync(alice);
        var path = $"/rescue/sessions/{id}/guests";
        var guests = new List<System.Text.Json.JsonElement>();
        foreach (var name in (string[])["Katherine", "Dorothy", "Mary"])
            guests.Add(await alice.PostAsync(path, new { name, minutes = 5 }, Created));
        await alice.PostAsync(path, new { name = "Christine" }, BadRequest);
        await alice.GetJsonAsync(path);
        await alice.GetJsonAsync("/rescue/sessions/01/guests", NotFound);
        foreach (var (query, status) in ((string, HttpStatusCode)[])[(new Uri(guests[0].Text("link")).Query, OK), ("?k=0", NotFound)])
        {
            await ExpectAsync(product.Anyone, "GET", $"/guest{query}", status);
            await ExpectAsync(product.Anyone, "HEAD", $"/guest{query}", status);
        }

        await product.Technician(group: "few").PostAsync(path, new { name = "Eve" }, Forbidden);
        var token = guests[0].Text("link").Split("k=")[1];
        var joined = await product.Anyone.PostAsync("/guest/join", new { token, name = "Katherine", instance = "one" }, OK);
        await product.Anyone.PostAsync("/guest/join", new { token, name = "Eve", instance = "two" }, Conflict);
        await using var events = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: joined.Text("guestKey"));
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, OK);
        for (var count = 0; count < 2; count++)
        {
            var (name, _, data) = (await events.NextAsync())!.Value;
            contract.ProblemsOfEvent("watchAsGuest", name, data).Should().BeEmpty();
        }

        await product.Anyone.PostAsync($"/guest/{id}/leave", null, OK, joined.Text("guestKey"));
        await product.Anyone.PostAsync($"/guest/{id}/leave", null, Gone, joined.Text("guestKey"));
        await alice.DeleteJsonAsync($"{path}/{guests[1].Text("id")}");
        await alice.DeleteJsonAsync($"{path}/nobody", NotFound);
        await product.Anyone.PostAsync("/guest/join", new { token = guests[1].Text("link").Split("k=")[1], name = "Dorothy" }, Gone);
        await alice.PostAsync($"/rescue/sessions/{id}/close", null, OK);
        await alice.PostAsync(path, new { name = "Christine" }, Conflict);
    }

    private static async Task WatchAsync(TestProduct product, ApiContract contract)
    {
        var alice = product.Technician();
        await using var events = await OpenStream.OpenAsync(alice, "/rescue/sessions/events");
        var (id, key) = await product.WaitingAsync(alice);
        await using var applet = await OpenStream.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, OK);

        for (var count = 0; count < 4; count++)
        {
            var (name, _, data) = (await events.NextAsync())!.Value;
            contract.ProblemsOfEvent("watchSessions", name, data).Should().BeEmpty();
        }

        for (var count = 0; count < 2; count++)
        {
            var (name, _, data) = (await applet.NextAsync())!.Value;
            contract.ProblemsOfEvent("watchSession", name, data).Should().BeEmpty();
        }
    }

    private static async Task VisitAsync(TestProduct product)
    {
        var created = await product.Technician().CreateAsync();
        var query = new Uri(created.Text("link")).Query;
        foreach (var page in (string[])[$"/Customer/Code.aspx{query}", $"/Customer/browser{query}", $"/Customer/another-device{query}", $"/Customer/decline{query}", "/Customer", "/Customer/request", $"/Customer/applet/windows{query}"])
        {
            await ExpectAsync(product.Anyone, "GET", page, OK);
            await ExpectAsync(product.Anyone, "HEAD", page, OK);
        }

        foreach (var page in (string[])["Code.aspx", "browser", "applet/windows"])
            await ExpectAsync(product.Anyone, "GET", $"/Customer/{page}{query}0", NotFound);

        var tag = (await product.Anyone.GetAsync($"/Customer/applet/windows{query}", Ct)).Headers.ETag!.ToString();
        await ExpectAsync(product.Anyone, "GET", $"/Customer/applet/windows{query}", PartialContent, ("Range", "bytes=1-2"));
        await ExpectAsync(product.Anyone, "GET", $"/Customer/applet/windows{query}", RequestedRangeNotSatisfiable, ("Range", "bytes=9999999-"));
        await ExpectAsync(product.Anyone, "GET", $"/Customer/applet/windows{query}", NotModified, ("If-None-Match", tag));
        await ExpectAsync(product.Anyone, "GET", "/Customer/applet/android", NotFound);
        await ExpectAsync(product.Anyone, "GET", "/Customer/Code.aspx", BadRequest);
        await PostFormAsync(product, "/Customer", "0000000", NotFound);
        await PostFormAsync(product, "/Customer", new string('1', 5000), RequestEntityTooLarge);
        await PostFormAsync(product, "/Customer", created.Text("pin"), SeeOther);
        await PostFormAsync(product, $"/Customer/decline{query}", "0000000", NotFound);
        await PostFormAsync(product, $"/Customer/decline{query}", created.Text("pin"), OK);
        await ExpectAsync(product.Anyone, "GET", $"/Customer/Code.aspx{query}", Gone);
        await AskAsync(product);
        for (var guess = 0; guess < 12; guess++)
            await SendAsync(product.Anyone, "POST", "/applet/join", "{\"pin\":\"0000000\"}");
        await PostFormAsync(product, "/Customer", "0000000", TooManyRequests);
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000" }, TooManyRequests);
    }

    private static async Task AskAsync(TestProduct product)
    {
        for (var asked = 0; asked < 10; asked++)
            await PostFormAsync(product, "/Customer/request", [new("name", "Ada"), new("topic", "The printer"), new("form", "0123456789abcdef0123456789abcde" + asked)], SeeOther);
        await PostFormAsync(product, "/Customer/request", [new("name", "Ada"), new("topic", "")], BadRequest);
        await PostFormAsync(product, "/Customer/request", [new("name", "Ada"), new("topic", new string('a', 20_000))], RequestEntityTooLarge);
        await PostFormAsync(product, "/Customer/request", [new("name", "Ada"), new("topic", "The printer")], TooManyRequests);
    }

    private static async Task SetAsync(TestProduct product)
    {
        var alice = product.Technician();
        (string Name, object Value, object Wrong)[] settings =
        [
            ("timeouts", new { waitingMinutes = 5, connectingMinutes = (int?)null }, new { waitingMinutes = 1000 }),
            ("email", new { language = "fr", timeZone = "Europe/Paris" }, new { language = "!" }),
            ("organization", new { name = "Globex", accentColor = "#7a1fa2", phone = "+33 1 23 45 67 89", languages = (string[])["fr"], wording = new { fr = "Bonjour" } }, new { accentColor = "red-ish" }),
            ("groups", new { groups = (object[])[new { name = "all", grants = Enum.GetNames<Permissions.ConnectionRight>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]), timeouts = new { waiting = "00:03:00" } }, new { name = "few", parent = "all" }] }, new { groups = (object[])[] }),
        ];
        foreach (var (name, value, wrong) in settings)
        {
            await alice.GetJsonAsync($"/rescue/settings/{name}");
            await alice.PutAsync($"/rescue/settings/{name}", value);
            await alice.GetJsonAsync($"/rescue/settings/{name}");
            await alice.PutAsync($"/rescue/settings/{name}", wrong, BadRequest);
            await alice.PutAsync($"/rescue/settings/{name}", new { }, BadRequest);
            await alice.DeleteJsonAsync($"/rescue/settings/{name}");
            await product.Technician(group: "few").GetJsonAsync($"/rescue/settings/{name}", Forbidden);
            await product.Technician(group: "few").DeleteJsonAsync($"/rescue/settings/{name}", Forbidden);
        }

        await alice.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 5, version = 1 }, Conflict);
        await alice.GetJsonAsync("/rescue/settings/organization/history");
        await alice.GetJsonAsync("/rescue/settings/history");
    }

    private static async Task SetTemplatesAsync(TestProduct product)
    {
        const string Route = "/rescue/settings/template";
        var alice = product.Technician();
        var good = new { subject = "Hello {{ customer.name }}", text = "{{ link.url }}", html = "<p><a href=\"{{ link.url }}\">Open</a></p>" };
        var bad = new { subject = "Hello", text = "No link" };
        await alice.GetJsonAsync($"{Route}?language=fr&platform=macos");
        await alice.PutAsync($"{Route}?language=fr&platform=macos", good);
        await alice.PutAsync($"{Route}?language=fr&platform=macos", good with { subject = "Again" });
        await alice.PutAsync($"{Route}?language=fr&platform=macos", new { good.subject, good.text, version = 1 }, Conflict);
        await alice.PutAsync(Route, bad, UnprocessableEntity);
        await alice.GetJsonAsync($"{Route}?language=fr&platform=macos");
        await alice.GetJsonAsync($"{Route}/history?language=fr&platform=macos");
        await alice.GetJsonAsync("/rescue/settings/templates");
        await alice.PostAsync($"{Route}/preview", good, OK);
        await alice.PostAsync($"{Route}/preview", bad, UnprocessableEntity);
        await alice.PostAsync($"{Route}/test", good, OK);
        await alice.PostAsync($"{Route}/test", bad, UnprocessableEntity);
        await alice.DeleteJsonAsync($"{Route}?language=fr&platform=macos");
        await alice.GetJsonAsync($"{Route}?platform=tricorder", BadRequest);
        await product.Technician(group: "few").PostAsync($"{Route}/test", good, Forbidden);
    }

    private static async Task TellOthersAsync(TestProduct product)
    {
        const string Route = "/rescue/settings/webhooks";
        var alice = product.Technician();
        // Nobody listens there, which is an answer too.
        var made = await alice.PostAsync(Route, new { url = "https://hooks.example.invalid/rescue", description = "crm", types = Array.Empty<string>(), enabled = true }, Created);
        var webhook = $"{Route}/{made.Text("id")}";
        await alice.GetJsonAsync(Route);
        await alice.GetJsonAsync(webhook);
        await alice.PutAsync(webhook, new { description = "billing" });
        await alice.PutAsync(webhook, new { }, BadRequest);
        await alice.PostAsync($"{webhook}/rotate", null, OK);
        await alice.PostAsync($"{webhook}/test", null, OK);
        await alice.CreateAsync();
        var delivery = await FirstDeliveryAsync(product, alice, webhook);
        await alice.PostAsync($"{webhook}/deliveries/{delivery.Text("id")}/replay", null, OK);
        await alice.GetJsonAsync($"{webhook}/deliveries?limit=0", BadRequest);
        await alice.DeleteJsonAsync(webhook);
        await alice.GetJsonAsync(webhook, NotFound);
        await product.Technician(group: "few").GetJsonAsync(Route, Forbidden);
    }

    // The pump runs beside the requests, by the product's clock.
    private static async Task<JsonElement> FirstDeliveryAsync(TestProduct product, HttpClient technician, string webhook)
    {
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(100), async () => (await DeliveriesAsync()).GetArrayLength() > 0);
        return (await DeliveriesAsync())[0];

        async Task<JsonElement> DeliveriesAsync() => (await technician.GetJsonAsync($"{webhook}/deliveries")).GetProperty("deliveries");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task SendAsync(HttpClient client, object body, string key, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rescue/sessions") { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, Ct);
        answer.StatusCode.Should().Be(expected, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task SendAsync(HttpClient client, string method, string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        // The client holds the answer against the document. A stream would go on for ever.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    private static async Task ExpectAsync(HttpClient client, string method, string path, HttpStatusCode expected, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, Ct);
        answer.StatusCode.Should().Be(expected, path);
    }

    private static Task PostFormAsync(TestProduct product, string path, string pin, HttpStatusCode expected) =>
        PostFormAsync(product, path, [new("Code", pin)], expected);

    private static async Task PostFormAsync(TestProduct product, string path, KeyValuePair<string, string>[] fields, HttpStatusCode expected)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await product.Anyone.PostAsync(path, form, Ct);
        answer.StatusCode.Should().Be(expected, path);
    }
}
