using System.Reflection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email;

namespace HelpDesk.Tests;

/// <summary>What operators filter by.</summary>
public sealed class EventIdTests
{
    private const BindingFlags Anywhere = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void EventIds_OfAllPackages_AreEachOneEvents()
    {
        Assembly[] packages =
        [
            typeof(Rescue.Sessions.Session).Assembly, typeof(EmailMessage).Assembly, typeof(Rescue.Sessions.AspNetCore.RescueWebOptions).Assembly,
            typeof(Rescue.Sessions.EntityFrameworkCore.HostTransaction).Assembly,
        ];

        var events = packages.SelectMany(package => package.GetTypes()).SelectMany(type => type.GetMethods(Anywhere))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToArray();

        events.Should().HaveCountGreaterThan(30);
        events.GroupBy(one => one.EventId).Where(same => same.Count() > 1).SelectMany(same => same.Select(one => $"{one.EventId} {one.Message}")).Should().BeEmpty();
    }
}
