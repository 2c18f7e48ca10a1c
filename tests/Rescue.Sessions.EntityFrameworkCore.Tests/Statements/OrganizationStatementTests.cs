using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>How often a request about an organisation goes to the database, however many there are.</summary>
public sealed class OrganizationStatementTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_AmongAThousandConfiguredAndAThousandSaved_TakesNotAStatementMore()
    {
        var (few, many) = (await StatementsAsync(1), await StatementsAsync(1_000));

        few.Should().NotBeEmpty();
        many.Should().Equal(few, "no request looks at other organisations than its own");
    }

    /// <summary>The statements of requests to an organisation of the options and to one of the settings, the last of each.</summary>
    private static async Task<string[]> StatementsAsync(int organizations)
    {
        using var engine = new PostgreSqlEngine();
        var heard = new ConcurrentQueue<string>();
        var trace = default(ActivityTraceId);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Settings are read for all who ask, and by none of them.
                if (trace != default && activity.GetTagItem("db.namespace") as string == engine.Name && activity.GetTagItem("db.query.text") is string text
                    && (activity.TraceId == trace || text.Contains("rescue_setting", StringComparison.Ordinal)))
                {
                    heard.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        // What was read is read again after a second, which does not pass.
        await using var node = await Node.StartAsync(
            engine,
            options =>
            {
                for (var i = 0; i < organizations; i++)
                    options.Organizations[$"configured-{i}"] = new() { Name = $"Configured {i}", PublicBaseUri = new($"https://c{i}.example/") };
            },
            time: new FakeTimeProvider(StoreContract.Draft.Morning));
        await Parallel.ForAsync(0, organizations, Cancellation, async (i, cancellation) => await node.Get<SupportSettings>().SaveOrganizationAsync(
            By($"saved-{i}"), new() { Name = $"Saved {i}", PublicBaseUri = $"https://s{i}.example/" }, null, cancellation));

        using var asking = new Activity("requests").SetIdFormat(ActivityIdFormat.W3C).Start();
        trace = asking.TraceId;
        var last = (organizations - 1).ToString(CultureInfo.InvariantCulture);
        foreach (var (tenant, host, name) in ((string, string, string)[])[($"configured-{last}", $"c{last}.example", "Configured"), ($"saved-{last}", $"s{last}.example", "Saved")])
        {
            var directory = node.Get<OrganizationDirectory>();
            (await directory.FindByHostAsync(host, Cancellation))!.Name.Should().StartWith(name);
            var created = (CreateSessionResult.Created)await node.Invitations.CreateAsync(By(tenant), new("Grace Hopper"), cancellationToken: Cancellation);
            created.Link!.BaseUri.Host.Should().Be(host);
            (await node.Customers.LookUpAsync(created.Link.Token!, created.Link.Pin, null, Cancellation)).Should().BeOfType<CodeLookup.Found>();
            (await directory.FindByHostAsync("made-up.example", Cancellation)).Should().BeNull();
        }

        return [.. heard];
    }

    private static Technician By(string tenant) => new("admin", "Admin") { Groups = ["support"], Tenant = tenant };
}
