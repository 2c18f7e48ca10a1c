using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Hosting;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Health;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks;

namespace Guides.Tests;

/// <summary>One name for an option wherever it is spoken of: the README's, by concept and property.</summary>
public sealed partial class OptionNamesTests
{
    private static readonly Dictionary<Type, string> Concepts = new()
    {
        [typeof(RescueSessionsOptions)] = "",
        [typeof(EmailOptions)] = "Email",
        [typeof(SmtpOptions)] = "Smtp",
        [typeof(RescueWebOptions)] = "Web",
        [typeof(WebhookOptions)] = "Webhooks",
        [typeof(SubscriptionOptions)] = "Subscriptions",
        [typeof(HealthOptions)] = "Health",
        [typeof(SupportAppletOptions)] = "Applet",
    };

    public static TheoryData<string> Validated { get; } = [.. Concepts.Keys.Select(type => type.Name)];

    [Fact]
    public async Task Validators_AllOfThem_AreWalkedHere()
    {
        await using var services = Services(out var collection);

        collection.Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(type => type.GenericTypeArguments[0])
            .Where(type => type.Namespace!.StartsWith("Rescue.", StringComparison.Ordinal))
            .Distinct().Should().BeEquivalentTo(Concepts.Keys);
    }

    [Theory]
    [MemberData(nameof(Validated))]
    public async Task Validate_EverythingIsWrong_NamesEachOptionByConceptAndProperty(string optionsName)
    {
        var (type, concept) = Concepts.Single(pair => pair.Key.Name == optionsName);
        await using var services = Services(out _);

        foreach (var name in type == typeof(SmtpOptions) ? ["", "acme"] : type == typeof(SubscriptionOptions) ? ["crm"] : new[] { "" })
        {
            var failures = Failures(services, type, name);

            failures.Should().NotBeEmpty();
            failures.Should().OnlyContain(message => IsNamed(message, type, concept, name));
        }
    }

    [Fact]
    public void Texts_OfThePackages_NameNoClassOfOptions()
    {
        var source = Path.Combine(Guide.Repository, "src");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();

        files.Should().HaveCountGreaterThan(500);
        files.SelectMany(file => File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && ClassOfOptions().IsMatch(line))
            .Select(line => $"{Path.GetRelativePath(source, file)}: {line.Trim()}")).Should().BeEmpty();
    }

    private static ServiceProvider Services(out IServiceCollection collection)
    {
        collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddRescueSessions().AddEmail().UseSmtp().UseSmtp("acme").AddSms().AddWebhooks().AddSessionSubscription<Nobody>("crm").AddAspNetCore(_ => { });
        collection.AddHealthChecks().AddRescueSessions();
        collection.AddSupportApplet();
        return collection.BuildServiceProvider();
    }

    private static List<string> Failures(IServiceProvider services, Type type, string name)
    {
        var options = Activator.CreateInstance(type)!;
        Spoil(options);
        var validator = typeof(IValidateOptions<>).MakeGenericType(type);
        return [.. services.GetServices(validator)
            .Select(one => (ValidateOptionsResult)validator.GetMethod("Validate")!.Invoke(one, [name, options])!)
            .SelectMany(result => result.Failures ?? [])];
    }

    private static void Spoil(object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            if (property.CanWrite && Wrong(property.PropertyType) is { } wrong)
                property.SetValue(options, wrong);
            else if (property.GetValue(options) is IList<string> list)
                list.Add("*");
            else if (property.PropertyType is { IsClass: true, Namespace: { } at } && at.StartsWith("Rescue.", StringComparison.Ordinal) && property.GetValue(options) is { } part)
                Spoil(part);
        }
    }

    private static object? Wrong(Type type) =>
        type == typeof(int) ? -1
        : type == typeof(TimeSpan) ? TimeSpan.FromDays(-1)
        : type == typeof(string) ? " "
        : type == typeof(Uri) ? new Uri("nowhere", UriKind.Relative)
        : type.IsEnum ? Enum.ToObject(type, 99)
        : null;

    private static bool IsNamed(string message, Type type, string concept, string name)
    {
        var path = OptionPath().Match(message).Value;
        var root = name.Length == 0 ? concept : $"{concept}[{name}]";
        return path.StartsWith($"{root}.", StringComparison.Ordinal) && root.Length > 0 ? Leads(type, path[(root.Length + 1)..])
            : path.Length > 0 && (root.Length == 0 || path.Contains('.', StringComparison.Ordinal)) && Leads(type, path);
    }

    private static bool Leads(Type type, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (type.GetProperty(part.Split('[')[0]) is not { PropertyType: var next })
                return false;
            type = part.Contains('[', StringComparison.Ordinal) ? next.GenericTypeArguments[^1] : next;
        }

        return true;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z]*(?:\[[^\]]*\])?(?:\.[A-Z][A-Za-z]*(?:\[[^\]]*\])?)*", RegexOptions.CultureInvariant)]
    private static partial Regex OptionPath();

    [GeneratedRegex(@"""[^""]*(?:\b[A-Z][A-Za-z]+Options[.\[]|\{nameof\([A-Z][A-Za-z]+Options\)\})[^""]*""", RegexOptions.CultureInvariant)]
    private static partial Regex ClassOfOptions();

    private sealed class Nobody : ISessionSubscriber
    {
        public Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
