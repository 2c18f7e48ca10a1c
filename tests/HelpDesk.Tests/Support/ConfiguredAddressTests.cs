using HelpDesk.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Support;

public sealed class ConfiguredAddressTests
{
    [Theory]
    [InlineData("https://sms.example.org/v1/", "https://sms.example.org/v1/")]
    [InlineData("https://sms.example.org/v1", "https://sms.example.org/v1/")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    public void Address_WithOrWithoutASlash_EndsInOne(string text, string expected) => Find(text)!.AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Address_ThatIsNotSet_IsNone(string? text) => Find(text).Should().BeNull();

    [Theory]
    [InlineData("sms.example.org/v1")]
    [InlineData("/v1/")]
    [InlineData("https://")]
    [InlineData("file:///etc/")]
    [InlineData("https://sms.example.org/?key=secret")]
    public void Address_ThatIsNone_NamesTheKeyAndAnExampleAndNotTheValue(string text)
    {
        var find = () => Find(text);

        find.Should().Throw<InvalidOperationException>().Which.Message.Should()
            .StartWith("Sms__Address is no absolute http or https address").And.EndWith("such as https://sms.example.org/v1/.").And.NotContain("secret");
    }

    [Fact]
    public async Task Gateway_WithoutASlash_IsReachedBelowItsPath()
    {
        await using var desk = new HelpDeskHost();
        await using var with = desk.WithWebHostBuilder(builder => builder.UseSetting("Sms:Address", "https://sms.example.org/v1"));

        using var client = with.Services.GetRequiredService<IHttpClientFactory>().CreateClient("sms");

        new Uri(client.BaseAddress!, "messages").AbsoluteUri.Should().Be("https://sms.example.org/v1/messages");
    }

    private static Uri? Find(string? text) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Sms:Address", text)]).Build().FindAddress("Sms:Address", "https://sms.example.org/v1/");
}
