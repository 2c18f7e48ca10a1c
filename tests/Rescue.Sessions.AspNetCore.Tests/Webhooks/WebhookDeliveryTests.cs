using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;
using static Rescue.Sessions.AspNetCore.Tests.Webhooks.WebhookProduct;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

public sealed class WebhookDeliveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Life_OfASession_IsPostedInOrderSignedAndWithoutSecrets()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync(204);
        var (_, secret) = await product.AddAsync(receiver);

        var created = await product.Alice.PostAsync("/rescue/sessions", new { customerName = "Grace <é>", reference = "T-7", fields = new { tracking = "x" } }, HttpStatusCode.Created);
        var (id, key) = await product.Product.Anyone.JoinAsync(created);
        await product.Product.Anyone.PostAsync($"/applet/{id}/ready", new { hostName = "GRACE-PC", platform = "windows" }, HttpStatusCode.OK, key);
        await product.Alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await product.Alice.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);

        var messages = new List<ReceivedMessage>();
        while (messages.Count == 0 || messages[^1].Type != "session.closed")
            messages.Add(await receiver.NextAsync());
        messages.Select(message => message.Type).Should().Equal("session.created", "session.changed", "session.waiting", "session.active", "session.closed");
        messages.Select(message => message.Data.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder();
        foreach (var message in messages)
        {
            message.IsSignedUnder(secret).Should().BeTrue();
            message.Id.Should().Be($"evt_{message.Data.GetProperty("sequence")}");
            message.ContentType.Should().StartWith("application/json");
            message.At.Should().Be(product.Product.Time.GetUtcNow());
            message.Data.GetProperty("session").Text("id").Should().Be(id);
            foreach (var hidden in (string[])[created.Text("pin"), Requests.TokenOf(created), key, secret, "handOver", "\"link\"", "\"pin\""])
                message.Body.Should().NotContain(hidden);
        }

        messages[0].Data.GetProperty("session").Text("customerName").Should().Be("Grace <é>");
        messages[^1].Data.GetProperty("by").Text("id").Should().Be("alice");
        messages[^1].Data.Text("trigger").Should().Be("close");
    }

    /// <summary>Receivers and callers of the HTTP surface read the same words.</summary>
    [Fact]
    public async Task Session_InAMessage_HasTheMembersOfTheHttpSurface()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await product.AddAsync(receiver, "session.active");
        var (id, _) = await product.Product.WaitingAsync(product.Alice);
        await product.Alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        var posted = (await receiver.NextAsync()).Data.GetProperty("session");
        var view = await product.Alice.GetJsonAsync($"/rescue/sessions/{id}");

        foreach (var member in posted.EnumerateObject().Where(member => member.Name != "invitationState"))
        {
            view.TryGetProperty(member.Name, out var shown).Should().BeTrue(member.Name);
            JsonSerializer.Serialize(member.Value).Should().Be(JsonSerializer.Serialize(shown), member.Name);
        }
    }

    [Fact]
    public async Task Session_OfAPhoneWhoseLinkWasForAnyDevice_TakesTheMobileAddOn_InMessageAndView()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await product.AddAsync(receiver, "session.waiting");
        var created = await product.Alice.CreateAsync();
        created.GetProperty("mobile").GetBoolean().Should().BeFalse();
        var (id, key) = await product.Product.Anyone.JoinAsync(created);

        await product.Product.Anyone.PostAsync($"/applet/{id}/ready", new { platform = "android" }, HttpStatusCode.OK, key);

        (await receiver.NextAsync()).Data.GetProperty("session").GetProperty("mobile").GetBoolean().Should().BeTrue();
        (await product.Alice.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("mobile").GetBoolean().Should().BeTrue();
        (await product.Alice.GetJsonAsync("/rescue/sessions")).GetProperty("items")[0].GetProperty("mobile").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Types_AreWhatTheReceiverGets_OfItsTenantAlone()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await product.AddAsync(receiver, "session.waiting");

        await product.Product.WaitingAsync(product.Product.Technician(tenant: "other"));
        await product.Product.WaitingAsync(product.Alice);
        await product.Product.WaitingAsync(product.Alice);

        (await receiver.NextAsync()).Type.Should().Be("session.waiting");
        (await receiver.NextAsync()).Type.Should().Be("session.waiting");
        receiver.Messages.Should().HaveCount(2);
    }

    [Fact]
    public async Task Rotated_MessagesAreSignedUnderBothForAWhile()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, former) = await product.AddAsync(receiver, "session.created");

        var present = (await product.Alice.PostAsync($"{WebhooksPath}/{id}/rotate", new { }, HttpStatusCode.OK)).Text("secret");

        present.Should().NotBe(former);
        await product.Alice.CreateAsync();
        var message = await receiver.NextAsync();
        (message.IsSignedUnder(present), message.IsSignedUnder(former)).Should().Be((true, true));
        product.Product.Time.Advance(TimeSpan.FromDays(1));
        await product.PassUntilAsync(TimeSpan.FromSeconds(1), async () => (await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}")).GetProperty("formerSecretUntil").ValueKind == JsonValueKind.Null);
        await product.Alice.CreateAsync();
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(20), async () => (await product.LogAsync(id)).Count(delivery => delivery.Text("state") == "delivered") == 2);
        message = await receiver.NextAsync();
        (message.IsSignedUnder(present), message.IsSignedUnder(former)).Should().Be((true, false));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 8)]
    public async Task WhatIsBeingRecorded_TakesNoPlaceAtTheReceiver(int concurrency, int sessions)
    {
        var (store, release) = PatientWebhookStore.Create();
        await using var product = await StartAsync(options => options.Concurrency = concurrency, store: store);
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");

        for (var number = 0; number < sessions; number++)
            await product.Alice.CreateAsync();

        for (var number = 0; number < sessions; number++)
            await receiver.NextAsync();
        release();
        await product.UntilAsync(async () => (await product.LogAsync(id)).Count(delivery => delivery.Text("state") == "delivered") == sessions);
    }

    [Fact]
    public async Task Failed_IsTriedAgainTheSame_AndWhatFollowsInItsSessionWaits()
    {
        await using var product = await StartAsync(PatientlyAnswered);
        var failures = 3;
        await using var receiver = await Receiver.StartAsync(_ => Interlocked.Decrement(ref failures) >= 0 ? 500 : 200);
        var (id, secret) = await product.AddAsync(receiver);

        var (session, _) = await product.Product.WaitingAsync(product.Alice);
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(10), async () => (await product.LogAsync(id)).Count(delivery => delivery.Text("state") == "delivered") == 3);

        var messages = receiver.Messages.ToList();
        messages.Select(message => message.Type).Should()
            .Equal("session.created", "session.created", "session.created", "session.created", "session.changed", "session.waiting");
        messages.Take(4).Select(message => (message.Id, message.Body)).Distinct().Should().ContainSingle("a repeat is the same");
        messages.Should().OnlyContain(message => message.IsSignedUnder(secret));
        var first = (await product.LogAsync(id))[^1];
        first.GetProperty("attempts").GetInt32().Should().Be(4);
        first.GetProperty("statusCode").GetInt32().Should().Be(200);
        first.Text("sessionId").Should().Be(session);
        first.Text("messageId").Should().Be(messages[0].Id);
    }

    [Fact]
    public async Task Failed_TooOften_IsGivenUpAndTold_AndWhatFollowsIsSent()
    {
        await using var product = await StartAsync(options =>
        {
            PatientlyAnswered(options);
            options.MaxAttempts = 2;
        });
        await using var receiver = await Receiver.StartAsync(message => message.Type == "session.created" ? 400 : 200);
        var (id, _) = await product.AddAsync(receiver);

        await product.Product.WaitingAsync(product.Alice);
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(10), async () => (await product.LogAsync(id)).Count(delivery => delivery.Text("state") == "delivered") == 2);

        var failed = (await product.LogAsync(id))[^1];
        (failed.Text("state"), failed.Text("problem"), failed.GetProperty("attempts").GetInt32()).Should().Be(("failed", "The receiver answered 400.", 2));
    }

    [Fact]
    public async Task Slow_AndFailingReceivers_TakeNobodyElsesPlace()
    {
        const int Sessions = 60;
        await using var product = await StartAsync();
        var never = new TaskCompletionSource();
        await using var slow = await Receiver.StartAsync((_, context) => never.Task.WaitAsync(context.RequestAborted));
        await using var failing = await Receiver.StartAsync(503);
        await using var healthy = await Receiver.StartAsync();
        foreach (var receiver in (Receiver[])[slow, failing, healthy])
            await product.AddAsync(receiver, "session.created");

        for (var i = 0; i < Sessions; i++)
            await product.Alice.CreateAsync();

        // No time passes: whoever waited for another would wait for ever.
        for (var i = 0; i < Sessions; i++)
            await healthy.NextAsync();
        healthy.Messages.Select(message => message.Id).Should().OnlyHaveUniqueItems();
        slow.Messages.Count.Should().BeLessThanOrEqualTo(4, "so many are sent to one receiver at the same time");
        never.SetResult();
    }

    /// <summary>Another node need not wait for the leases to end.</summary>
    [Fact]
    public async Task Stopped_WhatIsNotBegunIsGivenBack_AndTheRestIsRecorded()
    {
        var store = new InMemoryWebhookStore();
        await using var product = await StartAsync(options => options.Concurrency = 2, store: store);
        var answered = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, context) => answered.Task.WaitAsync(context.RequestAborted));
        var (id, _) = await product.AddAsync(receiver, "session.created");
        for (var i = 0; i < 5; i++)
            await product.Alice.CreateAsync();
        var now = product.Product.Time.GetUtcNow();
        await product.UntilAsync(async () => (await ListAsync()).Count(delivery => delivery.DueAt > now) == 5 && receiver.Messages.Count == 2);

        var stopping = product.Product.StopAsync();
        await product.UntilAsync(async () => (await ListAsync()).Count(delivery => delivery.DueAt <= now) == 3);
        answered.SetResult();
        await stopping;

        (await ListAsync()).Select(delivery => (delivery.State, delivery.Attempts)).Should().BeEquivalentTo(
            [.. Enumerable.Repeat((WebhookDeliveryState.Delivered, 1), 2), .. Enumerable.Repeat((WebhookDeliveryState.Pending, 0), 3)]);

        async Task<IReadOnlyList<WebhookDelivery>> ListAsync() => await store.ListAsync(id, long.MaxValue, 100, Cancellation);
    }

    [Fact]
    public async Task Away_IsLeftAloneForAWhile()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync(503);
        await product.AddAsync(receiver, "session.created");
        for (var i = 0; i < 200; i++)
            await product.Alice.CreateAsync();
        await receiver.NextAsync();

        await product.UntilAsync(() => Task.FromResult(receiver.Messages.Count >= 3));
        for (var i = 0; i < 50; i++)
            await product.Alice.CreateAsync();

        // Two may have failed before sixteen more were taken, and on a slow machine a few tries fall into the pauses after.
        receiver.Messages.Count.Should().BeLessThan(30, "of 250 what had been taken is tried, and then one now and then");
    }

    [Fact]
    public async Task Gone_DisablesTheWebhook()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync(410);
        await using var other = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.AddAsync(other, "session.created");
        await product.Alice.CreateAsync();
        await other.NextAsync();

        await product.UntilAsync(async () => !(await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}")).GetProperty("enabled").GetBoolean());

        var webhook = await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}");
        webhook.Text("disabledReason").Should().Contain("410");
        await product.UntilAsync(async () => (await product.LogAsync(id))[0].Text("state") == "failed");
        await product.Alice.CreateAsync();
        // What the other has was decided for both.
        await other.NextAsync();
        (await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { enabled = true })).GetProperty("disabledReason").ValueKind.Should().Be(JsonValueKind.Null);
        receiver.Messages.Should().ContainSingle();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsNotFollowed(int status)
    {
        await using var product = await StartAsync();
        await using var target = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, target.Url);
            return Task.CompletedTask;
        });
        var (id, _) = await product.AddAsync(receiver);

        var test = await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", null, HttpStatusCode.OK);

        (test.GetProperty("delivered").GetBoolean(), test.GetProperty("statusCode").GetInt32()).Should().Be((false, status));
        test.Text("problem").Should().Contain("not followed");
        target.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsNotReadToItsEnd()
    {
        await using var product = await StartAsync();
        var ended = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (_, context) =>
        {
            try
            {
                while (true)
                    await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
            catch (Exception)
            {
                ended.TrySetResult();
            }
        });
        var (id, _) = await product.AddAsync(receiver);

        (await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", null, HttpStatusCode.OK)).GetProperty("delivered").GetBoolean().Should().BeTrue();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Answer_ThatDoesNotCome_IsNotWaitedForForEver()
    {
        await using var product = await StartAsync(options => options.MaxAttempts = 1);
        var never = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, context) => never.Task.WaitAsync(context.RequestAborted));
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync();
        await receiver.NextAsync();

        await product.PassUntilAsync(TimeSpan.FromSeconds(1), async () => (await product.LogAsync(id))[0].Text("state") == "failed");

        (await product.LogAsync(id))[0].Text("problem").Should().Be("The receiver did not answer within 00:00:15 (the service's option Webhooks.Timeout).");
    }

    [Fact]
    public async Task Replay_SendsTheSameAgain()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync();
        var first = await receiver.NextAsync();
        await product.UntilAsync(async () => (await product.LogAsync(id))[0].Text("state") == "delivered");
        product.Product.Time.Advance(TimeSpan.FromHours(1));

        var replayed = await product.Alice.PostAsync($"{WebhooksPath}/{id}/deliveries/{(await product.LogAsync(id))[0].Text("id")}/replay", null, HttpStatusCode.OK);

        replayed.Text("state").Should().Be("pending");
        var second = await receiver.NextAsync();
        (second.Id, second.Body).Should().Be((first.Id, first.Body));
        second.At.Should().BeOnOrAfter(first.At.AddHours(1), "the signature's time is the attempt's");
        second.IsSignedUnder(secret).Should().BeTrue();
    }

    [Fact]
    public async Task Test_IsPostedSignedAndAtOnce_AlsoToADisabledWebhook()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await product.AddAsync(receiver, "session.closed");
        await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { enabled = false });

        var test = await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", new { }, HttpStatusCode.OK);

        test.GetProperty("delivered").GetBoolean().Should().BeTrue();
        var message = await receiver.NextAsync();
        (message.Type, message.IsSignedUnder(secret)).Should().Be(("webhook.test", true));
        (await product.LogAsync(id)).Should().BeEmpty();
    }

    [Fact]
    public async Task Removed_GetsNothingMore()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.AddAsync(other, "session.created");

        await product.Alice.DeleteJsonAsync($"{WebhooksPath}/{id}");
        await product.Alice.CreateAsync();

        await other.NextAsync();
        receiver.Messages.Should().BeEmpty();
        await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task EnabledOnAnotherNode_AMomentAgo_IsSent()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync();
        await receiver.NextAsync();
        await product.UntilAsync(async () => (await product.LogAsync(id))[0].Text("state") == "delivered");
        await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { enabled = false });
        // Time stands still, so this is what the node goes by from now on.
        await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}");
        await SaveOnAnotherNodeAsync(product, webhooks => webhooks.Replace("\"isEnabled\":false", "\"isEnabled\":true", StringComparison.Ordinal));

        await product.Alice.PostAsync($"{WebhooksPath}/{id}/deliveries/{(await product.LogAsync(id))[0].Text("id")}/replay", null, HttpStatusCode.OK);

        (await receiver.NextAsync()).Type.Should().Be("session.created");
    }

    [Fact]
    public async Task RemovedOnAnotherNode_WhatWasQueuedSince_IsForgotten()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync();
        await receiver.NextAsync();
        await product.UntilAsync(async () => (await product.LogAsync(id))[0].GetProperty("attempts").GetInt32() == 1);
        await SaveOnAnotherNodeAsync(product, _ => null);

        var store = product.Product.Services.GetRequiredService<IWebhookStore>();
        await product.PassUntilAsync(
            TimeSpan.FromSeconds(10), async () => (await store.ListAsync(id, long.MaxValue, 10, Cancellation)).All(delivery => delivery.State != WebhookDeliveryState.Pending));

        (await store.ListAsync(id, long.MaxValue, 10, Cancellation)).Should().BeEmpty();
        receiver.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task Messages_OfAnErasedCustomer_AreGone()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver);
        var (session, _) = await product.Product.WaitingAsync(product.Alice, "Grace");
        await product.Alice.PostAsync($"/rescue/sessions/{session}/close", null, HttpStatusCode.OK);
        await product.Product.WaitingAsync(product.Alice, "Hedy");
        await product.UntilAsync(async () => (await product.LogAsync(id)).Count(delivery => delivery.Text("state") == "delivered") == 7);

        await product.Alice.PostAsync("/rescue/customers/erase", new { customer = "Grace" }, HttpStatusCode.OK);

        var kept = await product.LogAsync(id);
        kept.Should().HaveCount(3).And.OnlyContain(delivery => delivery.Text("body").Contains("Hedy"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(48)]
    public async Task Clock_SetBack_WhatWasPutOffIsPostedSoon(int hours)
    {
        await using var product = await StartAsync(options =>
        {
            options.MaxRetryDelay = TimeSpan.FromMinutes(1);
            PatientlyAnswered(options);
        });
        var isAway = true;
        await using var receiver = await Receiver.StartAsync(_ => isAway ? 503 : 204);
        var (id, _) = await product.AddAsync(receiver, "session.created");
        await product.Alice.CreateAsync();
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(10), async () => (await product.LogAsync(id)).Any(delivery => delivery.GetProperty("attempts").GetInt32() > 0));
        isAway = false;

        product.Product.Time.AdjustTime(product.Product.Time.GetUtcNow() - TimeSpan.FromHours(hours));
        var began = product.Product.Time.GetUtcNow();
        await product.PassUntilAsync(TimeSpan.FromMilliseconds(20), async () => (await product.LogAsync(id))[0].Text("state") == "delivered");

        (product.Product.Time.GetUtcNow() - began).Should().BeLessThan(TimeSpan.FromMinutes(2));
    }

    /// <summary>As a message is that another node took or put off, by a clock that is ahead a little or a moment after this one has looked at its own.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(1, 40)]
    [InlineData(3600, 3600)]
    public async Task Clock_SetBackALittle_WhatIsHeldOrPutOffTheLongestStaysSo(int longestPause, int seconds)
    {
        var store = new InMemoryWebhookStore();
        await using var product = await StartAsync(options => options.MaxRetryDelay = TimeSpan.FromSeconds(longestPause), store: store);
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");
        var now = product.Product.Time.GetUtcNow();
        var late = new WebhookDelivery
        {
            Webhook = id, Sequence = 1_000_000, Tenant = "default", Session = SessionId.New(now), Type = "session.created", Body = "{}", CreatedAt = now, DueAt = now.AddSeconds(seconds),
        };
        await store.AddAsync([late], Cancellation);

        product.Product.Time.AdjustTime(now.AddMilliseconds(-500));
        await product.Alice.CreateAsync();
        await receiver.NextAsync();

        (await store.ListAsync(id, long.MaxValue, 10, Cancellation)).Should().ContainEquivalentOf(late);
    }

    [Fact]
    public async Task Options_InvalidByTheTimeOfTheAnswer_ItIsRecordedAllTheSame()
    {
        var concurrency = 4;
        await using var product = await StartAsync(options => options.Concurrency = concurrency);
        await using var receiver = await Receiver.StartAsync(_ =>
        {
            concurrency = 0;
            product.Product.Services.GetRequiredService<IOptionsMonitorCache<WebhookOptions>>().Clear();
            return 204;
        });
        var (id, _) = await product.AddAsync(receiver, "session.created");

        await product.Alice.CreateAsync();

        await product.UntilAsync(async () => (await product.LogAsync(id)).Any(delivery => delivery.Text("state") == "delivered"));
    }

    // Where the clock goes on beside the receiver, it must not run away from what is posted just then.
    private static void PatientlyAnswered(WebhookOptions options) => options.Timeout = TimeSpan.FromMinutes(1);

    private static async Task SaveOnAnotherNodeAsync(WebhookProduct product, Func<string, string?> change)
    {
        var store = product.Product.Services.GetRequiredService<ISettingsStore>();
        var saved = (await store.ReadHistoryAsync("acme", "webhooks", 1, Cancellation))[0];
        var value = change(saved.Value!);
        value.Should().NotBe(saved.Value);
        await store.SaveAsync(new() { Tenant = "acme", Name = saved.Name, Value = value, By = new("alice", "Alice"), At = product.Product.Time.GetUtcNow() }, Cancellation);
    }
}
