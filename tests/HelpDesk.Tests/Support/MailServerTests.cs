using Microsoft.AspNetCore.Hosting;
using HelpDesk.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Support;

public sealed class MailServerTests
{
    [Theory]
    [InlineData("Production", "")]
    [InlineData("Production", " ")]
    [InlineData("Staging", "")]
    public async Task Start_OutsideDevelopmentWithoutAMailServer_SaysWhatToSet(string environment, string host)
    {
        await using var desk = new HelpDeskHost(environment);
        await using var without = desk.WithWebHostBuilder(builder => builder.UseSetting("Smtp:Host", host));

        var start = () => without.CreateDefaultClient();

        start.Should().Throw<InvalidOperationException>().WithMessage("*Set Smtp__Host*");
    }

    [Fact]
    public async Task Start_WithAMailServer_SendsThereAndKeepsNoInbox()
    {
        await using var desk = new HelpDeskHost("Production");
        await using var with = desk.WithWebHostBuilder(builder => builder.UseSetting("Smtp:Host", "localhost").UseSetting("Smtp:Port", "2525"));

        var options = with.Services.GetRequiredService<IOptions<SmtpOptions>>().Value;

        (options.Host, options.Port).Should().Be(("localhost", 2525));
        with.Services.GetService<CapturedMessages>().Should().BeNull();
    }
}
