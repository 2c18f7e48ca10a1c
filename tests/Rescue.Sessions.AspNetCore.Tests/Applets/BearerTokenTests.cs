using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Applets;

namespace Rescue.Sessions.AspNetCore.Tests.Applets;

public sealed class BearerTokenTests
{
    [Theory]
    [InlineData("Bearer key", "key")]
    [InlineData("bearer key", "key")]
    [InlineData("BEARER   key ", "key")]
    [InlineData("Bearer ", "")]
    [InlineData("Bearer", null)]
    [InlineData("Basic key", null)]
    [InlineData("key", null)]
    [InlineData("", null)]
    public void Of_Header_IsWhatFollowsTheSchemeInAnyCase(string header, string? token)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = header;

        BearerToken.Of(request).Should().Be(token);
    }

    [Fact]
    public void Of_NoHeader_IsNull() => BearerToken.Of(new DefaultHttpContext().Request).Should().BeNull();
}
