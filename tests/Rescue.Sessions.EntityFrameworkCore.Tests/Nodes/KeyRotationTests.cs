using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Sessions outlive the process that made them, and the keys it had.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Rotation_NewKeyBeforeTheFormer_KeepsEverythingThatLives()
    {
        Session session;
        ConnectionLink link;
        await using (var before = await Node.StartAsync(engine, handler: new Mailbox(new OutboxOutcome.Deferred("451 later"))))
        {
            (session, link) = await before.InviteAsync();
            await Eventually.HoldsAsync(async () => (await before.FindAsync(session.Id)).Invitation!.State == InvitationState.Deferred);
        }

        var mailbox = new Mailbox();
        await using var after = await Node.StartAsync(engine, handler: mailbox, keys: [Node.KeyB, Node.KeyA]);

        await Eventually.HoldsAsync(() => mailbox.Messages.Contains(link.ToUri().AbsoluteUri));
        (await after.Directory.FindLinkAsync(Node.Ada, session.Id, Cancellation))!.ToUri().Should().Be(link.ToUri());
        (await LookUpAsync(after, link)).Should().BeOfType<CodeLookup.Found>().Which.Link.ToUri().Should().Be(link.ToUri());
        (await after.Customers.LookUpAsync(link.Token!, link.Pin, null, Cancellation)).Should().BeOfType<CodeLookup.Found>();
        (await after.Invitations.ResendAsync(Node.Ada, session.Id, Node.Compose, cancellationToken: Cancellation)).Should().BeOfType<SessionResult.Done>();
        await Eventually.HoldsAsync(() => mailbox.Messages.Count == 2);
        var former = (await after.Store.FindAsync(SessionSelector.ById(session.Id), Cancellation))!.PinHashes.Should().ContainSingle().Subject;
        (await after.Store.CreateAsync(new Draft { Pin = [Hashes.New(), former] }.Build(), Cancellation))
            .Outcome.Should().Be(SessionCreationOutcome.PinTaken, "a PIN is unique under every key of the ring");
        (await after.Customers.JoinAsync(link.Token!, "one", Cancellation)).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task Rotation_FormerKeyRemovedAtTheEnd_LeavesNewSessionsAndHistory()
    {
        Session former;
        Session session;
        ConnectionLink link;
        await using (var before = await Node.StartAsync(engine))
        {
            (former, _) = await before.CreateAsync();
            await before.Technicians.RevokeAsync(Node.Ada, former.Id, Cancellation);
        }

        await using (var during = await Node.StartAsync(engine, keys: [Node.KeyB, Node.KeyA]))
            (session, link) = await during.CreateAsync();
        await using var after = await Node.StartAsync(engine, keys: [Node.KeyB]);

        (await after.Directory.FindLinkAsync(Node.Ada, session.Id, Cancellation))!.ToUri().Should().Be(link.ToUri());
        (await LookUpAsync(after, link)).Should().BeOfType<CodeLookup.Found>();
        (await after.FindAsync(former.Id)).End.Should().Be(SessionEnd.Revoked);
        (await after.Directory.FindDetailsAsync(Node.Ada, former.Id, Cancellation))!.History.Events.Should().HaveCount(2);
    }

    [Fact]
    public async Task FormerKeyRemovedTooEarly_WhatNeedsNoSecretGoesOnAndTheRestSaysWhy()
    {
        Session session;
        ConnectionLink link;
        SessionId active;
        await using (var before = await Node.StartAsync(engine, handler: new Mailbox(new OutboxOutcome.Deferred("451 later"))))
        {
            (session, link) = await before.InviteAsync();
            (active, _) = await before.ActiveAsync();
            await Eventually.HoldsAsync(async () => (await before.FindAsync(session.Id)).Invitation!.State == InvitationState.Deferred);
        }

        await using (await Node.StartAsync(engine, handler: new Mailbox(new OutboxOutcome.Deferred("451 later")), keys: [Node.KeyB, Node.KeyA]))
        {
            // The rotation begins, and ends at once.
        }

        var mailbox = new Mailbox();
        await using var node = await Node.StartAsync(engine, handler: mailbox, keys: [Node.KeyB]);

        (await node.Directory.ListAsync(new() { Tenant = Node.Ada.Tenant }, Cancellation)).Should().HaveCount(2);
        (await LookUpAsync(node, link)).Should().BeOfType<CodeLookup.BadCode>("a hash under another key is another hash");
        (await node.Directory.FindLinkAsync(Node.Ada, session.Id, Cancellation)).Should().BeNull();
        (await node.Invitations.ResendAsync(Node.Ada, session.Id, Node.Compose, cancellationToken: Cancellation)).Should().BeOfType<SessionResult.CodeUnreadable>();
        (await node.Directory.FindDetailsAsync(Node.Ada, active, Cancellation))!.HandOver.Should().BeNull();
        await Eventually.HoldsAsync(async () => (await node.FindAsync(session.Id)).Invitation!.State == InvitationState.Rejected);
        (await node.FindAsync(session.Id)).Invitation!.Reason.Should().Contain("key");
        var (_, next) = await node.InviteAsync();
        await Eventually.HoldsAsync(() => mailbox.Messages.Contains(next.ToUri().AbsoluteUri));
        mailbox.Messages.Should().ContainSingle("what cannot be opened holds nothing up");
        using var answer = await node.Http.PostAsync($"/rescue/sessions/{active}/close", null, Cancellation);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        using var seen = await node.Http.GetAsync($"/rescue/sessions/{session.Id}", Cancellation);
        seen.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FormerKeyRemovedAfterTheRotation_LinksGoOnWorking()
    {
        Session session;
        ConnectionLink link;
        await using (var before = await Node.StartAsync(engine, keys: [Node.KeyA, Node.KeyB]))
            (session, link) = await before.CreateAsync();
        await using var node = await Node.StartAsync(engine, keys: [Node.KeyB]);

        var landing = await node.Customers.LookUpAsync(link.Token!, link.Pin, null, Cancellation);
        landing.Should().BeOfType<CodeLookup.Found>().Which.Link.ToUri().Should().Be(link.ToUri());
        (await LookUpAsync(node, link)).Should().BeOfType<CodeLookup.Found>().Which.Link.Token.Should().BeNull();
        (await node.Customers.JoinAsync(link.Token!, "one", Cancellation)).Should().BeOfType<JoinResult.Joined>().Which.Session.Id.Should().Be(session.Id);
    }

    /// <summary>Customers would be told that their PIN is wrong.</summary>
    [Fact]
    public async Task WrongKey_RefusesToStartUntilItIsTheRightOne()
    {
        Session session;
        ConnectionLink link;
        await using (var before = await Node.StartAsync(engine))
            (session, link) = await before.CreateAsync();

        var start = () => Node.StartAsync(engine, keys: [Node.KeyB]);
        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("Codes.Keys has none of the keys (*) with which the store was written*");

        await using var after = await Node.StartAsync(engine);
        (await LookUpAsync(after, link)).Should().BeOfType<CodeLookup.Found>();
        (await after.FindAsync(session.Id)).Status.Should().Be(SessionStatus.Connecting);
    }

    [Fact]
    public async Task WrongKey_WhoseFormerIsLost_StartsOnceTheNoteIsDeleted()
    {
        await using (await Node.StartAsync(engine))
        {
        }

        await using (var context = engine.OpenContext())
            await context.Database.ExecuteSqlAsync($"DELETE FROM rescue_setting WHERE tenant = '' AND name = 'code-keys'", Cancellation);

        await using var after = await Node.StartAsync(engine, keys: [Node.KeyB]);
        (await after.CreateAsync()).Link.Should().NotBeNull();
    }

    [Fact]
    public async Task Rotation_ManyNodesAtOnce_AllStart()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Node.StartAsync(engine, keys: i % 2 == 0 ? [Node.KeyB, Node.KeyA] : [Node.KeyA])));

        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task DurableStore_WithoutAKey_RefusesToStartAndSaysHowToMakeOne()
    {
        var start = () => Node.StartAsync(engine, keys: []);

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Codes.Keys*openssl rand -base64 32*");
    }

    private static async Task<CodeLookup> LookUpAsync(Node node, ConnectionLink link) =>
        await node.Customers.LookUpAsync(new PinAttempt(link.Pin, IPAddress.Loopback), Cancellation);
}
