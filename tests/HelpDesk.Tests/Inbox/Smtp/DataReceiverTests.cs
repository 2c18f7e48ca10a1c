using System.Text;
using CsCheck;
using HelpDesk.Inbox.Smtp;

namespace HelpDesk.Tests.Inbox.Smtp;

public sealed class DataReceiverTests
{
    // Bytes that matter come often.
    private static readonly Gen<byte> Bytes = Gen.Int[0, 5].Select(i => "\r\n.a\0é"[i]).Select(c => (byte)c);

    [Fact]
    public void Take_WhatAClientStuffs_ComesBackExactlyHoweverItIsCut() =>
        Gen.Select(Bytes.Array[0, 200], Gen.Int[1, 7]).Sample((content, piece) =>
        {
            var message = Encoding.Latin1.GetString(content);
            // What ends the data cannot be inside it, and a client ends its last line.
            var sent = Stuff(message + "\r\n") + ".\r\n";
            var receiver = new DataReceiver(10_000);

            var taken = Feed(receiver, Encoding.Latin1.GetBytes(sent + "NOOP"), piece);

            receiver.IsComplete.Should().BeTrue();
            Encoding.Latin1.GetString(receiver.Content!.Value.Span).Should().Be(message + "\r\n");
            taken.Should().Be(sent.Length, "what follows is the next command");
        });

    [Theory]
    [InlineData("a\n.\nMAIL FROM:<x@y.example>\r\n")]
    [InlineData("a\r.\rMAIL FROM:<x@y.example>\r\n")]
    [InlineData("a\n.\r\nMAIL FROM:<x@y.example>\r\n")]
    [InlineData("a\r\n.\nMAIL FROM:<x@y.example>\r\n")]
    [InlineData("a\r\n.\rMAIL FROM:<x@y.example>\r\n")]
    public void Take_EndWithoutItsLineBreaks_DoesNotEnd(string smuggled)
    {
        var receiver = new DataReceiver(10_000);

        receiver.Take(Encoding.ASCII.GetBytes(smuggled)).Should().Be(smuggled.Length);

        receiver.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void Take_EmptyMessage_Ends()
    {
        var receiver = new DataReceiver(10);

        receiver.Take(".\r\n"u8).Should().Be(3);

        receiver.IsComplete.Should().BeTrue();
        receiver.Content!.Value.Length.Should().Be(0);
    }

    [Theory]
    [InlineData(98, true)]
    [InlineData(99, false)]
    public void Take_BeyondTheLimit_StillFindsTheEndAndKeepsNothing(int length, bool kept)
    {
        var receiver = new DataReceiver(100);

        receiver.Take(Encoding.ASCII.GetBytes(new string('x', length) + "\r\n.\r\n"));

        receiver.IsComplete.Should().BeTrue();
        receiver.Content.HasValue.Should().Be(kept);
    }

    // As a client does it: one more dot before each line that begins with one; lines end with CR LF alone.
    private static string Stuff(string message) =>
        string.Join("\r\n", message.Split("\r\n").Select(line => line.StartsWith('.') ? "." + line : line));

    private static int Feed(DataReceiver receiver, byte[] bytes, int piece)
    {
        var total = 0;
        while (!receiver.IsComplete && total < bytes.Length)
            total += receiver.Take(bytes.AsSpan(total, Math.Min(piece, bytes.Length - total)));
        return total;
    }
}
