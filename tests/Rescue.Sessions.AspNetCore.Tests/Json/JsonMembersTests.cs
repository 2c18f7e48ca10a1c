using System.Buffers;
using System.Text;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Settings;

namespace Rescue.Sessions.AspNetCore.Tests.Json;

/// <summary>What looking at a wrong body costs: little more than the body, whatever is in it.</summary>
public class JsonMembersTests
{
    // The largest body that a route takes is eight times as long, and what grows with the square of the length costs 64 times as much there.
    private const int Length = 64 * 1024;

    [Theory]
    [InlineData("members of an unknown member with a long name")]
    [InlineData("members of a wording with a long name")]
    [InlineData("elements of an unknown member with a long name")]
    [InlineData("objects within each other under an unknown member")]
    [InlineData("wrong values of many members")]
    public void Read_ManyMembersUnderLongNames_AllocatesLittleMoreThanTheBody(string what)
    {
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Body(what)));
        JsonMembers.Read(body, SettingsJson.Default.OrganizationBody);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var members = JsonMembers.Read(body, SettingsJson.Default.OrganizationBody);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        members.AreFit.Should().BeFalse();
        allocated.Should().BeLessThan(100 * Length);
    }

    [Theory]
    [InlineData("""{"unknown":{"a":1,"a":2}}""")]
    [InlineData("""{"unknown":[{"a":{"b":[]}}],"name":"Acme"}""")]
    public void Read_WithinAnUnknownMember_TellsOfTheMemberAlone(string body)
    {
        var members = JsonMembers.Read(new(Encoding.UTF8.GetBytes(body)), SettingsJson.Default.OrganizationBody);

        members.AreFit.Should().BeFalse();
        members.AreRead.Should().BeTrue();
    }

    private static string Body(string what)
    {
        var name = Quoted(new string('n', Length / 2));
        var members = Object(Enumerable.Range(0, Length / 20).Select(i => $"\"m{i}\":1"));
        return what switch
        {
            "members of an unknown member with a long name" => Object([$"{name}:{members}"]),
            "members of a wording with a long name" =>
                Object([$"\"wording\":{Object(Enumerable.Range(0, 60).Select(i => $"\"w{i}\":1").Append($"{name}:{members}"))}"]),
            "elements of an unknown member with a long name" =>
                Object([$"{name}:[{string.Join(',', Enumerable.Repeat(Object(["\"a\":1"]), Length / 16))}]"]),
            "objects within each other under an unknown member" =>
                string.Concat(Enumerable.Repeat($"{{{Quoted(new string('n', Length / 62))}:", 60)) + "1" + new string('}', 60),
            _ => Object([$"\"wording\":{members}"]),
        };
    }

    private static string Object(IEnumerable<string> members) => $"{{{string.Join(',', members)}}}";

    private static string Quoted(string text) => $"\"{text}\"";
}
