using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Email;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Testing;

/// <summary>
/// A product to test against: one of its own, in memory and with a technician who has every right, or a host that was given
/// <c>AddRescueSessionsTesting</c>.
/// </summary>
public sealed class TestProduct : IAsyncDisposable
{
    private const string Group = "all rights";

    private readonly ServiceProvider? own;

    /// <summary>Makes a product of its own, without limits on how much is made, and in which customers may ask for help themselves.</summary>
    /// <param name="configure">
    /// Adds to it, for instance a policy, options or a store of your own. Nothing is started, so a store must be ready by itself: <c>UseEntityFrameworkCore</c> makes its tables when a
    /// host starts, and is tested with one (<see cref="Of"/>, and <c>AddRescueSessionsTesting(keepStores: true)</c>).
    /// </param>
    public TestProduct(Action<RescueSessionsBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddRescueSessions(Describe).AddEmail(options => options.SenderAddress = "support@example.org").AddSms();
        configure?.Invoke(builder);
        services.AddRescueSessionsTesting(keepStores: true);
        Services = own = services.BuildServiceProvider();
        Technician = new("ada", "Ada Lovelace") { Groups = [Group], Email = "ada@example.org" };
    }

    private TestProduct(IServiceProvider services, Technician technician)
    {
        Services = services;
        Technician = technician;
    }

    /// <summary>The product's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Who acts where a test names nobody else.</summary>
    public Technician Technician { get; }

    /// <summary>The product's clock.</summary>
    public TestClock Clock => Services.GetRequiredService<TestClock>();

    /// <summary>What the product has mailed.</summary>
    public CapturedMail Mail => Services.GetRequiredService<CapturedMail>();

    /// <summary>What the product has sent by SMS.</summary>
    public CapturedSms Sms => Services.GetRequiredService<CapturedSms>();

    /// <summary>The technician's door.</summary>
    public SupportSessions Sessions => Services.GetRequiredService<SupportSessions>();

    /// <summary>The door for sessions that begin with an email.</summary>
    public EmailInvitations Invitations => Services.GetRequiredService<EmailInvitations>();

    /// <summary>Tests against a host, such as <c>WebApplicationFactory.Services</c>, whose services were given <c>AddRescueSessionsTesting</c>.</summary>
    /// <param name="services">The host's services; they stay the host's.</param>
    /// <param name="technician">Who acts where a test names nobody else.</param>
    public static TestProduct Of(IServiceProvider services, Technician technician)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(technician);
        return services.GetService<TestClock>() is not null
            ? new(services, technician)
            : throw new InvalidOperationException("The host lacks what tests need. Call services.AddRescueSessionsTesting() in its tests, after AddRescueSessions.");
    }

    /// <summary>Begins the description of a session.</summary>
    /// <param name="customerName">The customer's name.</param>
    public SessionBuilder NewSession(string customerName = "Grace Hopper") => new(this, Technician, new(customerName));

    /// <summary>Begins the description of a customer who asks for help without an invitation; a host needs <c>Requests.IsEnabled</c> for that.</summary>
    /// <param name="customerName">The customer's name.</param>
    /// <param name="topic">What they need help with.</param>
    public RequestBuilder NewRequest(string customerName = "Grace Hopper", string topic = "My screen stays black.") =>
        new(this, Technician, new(Technician.Tenant, customerName, topic));

    /// <summary>The customer who has a link.</summary>
    /// <param name="link">The link.</param>
    public ScriptedCustomer Customer(ConnectionLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new(Services.GetRequiredService<CustomerSessions>(), Services.GetRequiredService<AppletSessions>(), Clock, link);
    }

    /// <summary>The customer who has got a message, and clicks the link in it.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="TestFailedException">It holds no connection link.</exception>
    public ScriptedCustomer Customer(EmailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ConnectionLink.TryParse(message.Link.OriginalString, out var link)
            ? Customer(link)
            : throw new TestFailedException($"The message “{message.Subject}” holds no connection link.");
    }

    /// <summary>The customer who has got a short text, and taps the link in it.</summary>
    /// <param name="message">The text.</param>
    /// <exception cref="TestFailedException">It holds no connection link.</exception>
    public ScriptedCustomer Customer(SmsMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ConnectionLink.TryParse(message.Text, out var link)
            ? Customer(link)
            : throw new TestFailedException($"The text to {message.To.Value} holds no connection link.");
    }

    /// <summary>Ends a product of its own; a host stays as it is.</summary>
    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Describe(RescueSessionsOptions options)
    {
        options.Organization.Name = "Example Support";
        options.Codes.PublicBaseUri = new Uri("https://help.example.org/");
        // Tests make the same session again and again at one moment, and mean it.
        options.Codes.IssueLimit = 0;
        options.Codes.RepeatWindow = TimeSpan.Zero;
        options.Invitations.RecipientLimit = 0;
        options.Invitations.DistinctRecipients = 0;
        options.Requests.IsEnabled = true;
        options.Requests.Email = RequestField.Optional;
        options.Requests.Reference = RequestField.Optional;
        (options.RequestLimits.PerAddress, options.RequestLimits.PerTenant, options.RequestLimits.Overall) = (0, 0, 0);
        options.Permissions.Groups.Add(new TechnicianGroup { Name = Group, Grants = [.. Enum.GetValues<ConnectionRight>()] });
    }
}
