using System.Security.Cryptography;
using CsCheck;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Codes;

public sealed class KeyRingTests
{
    private static readonly string Former = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly string Current = Convert.ToBase64String(Enumerable.Range(100, 32).Select(i => (byte)i).ToArray());
    private static readonly SessionId Id = SessionId.New(SupportDesk.Morning);

    [Fact]
    public void Open_WhatSealMade_GivesItBack()
    {
        var keys = Ring(Current);
        Gen.Byte.Array[0, 300].Sample(plain => keys.Open(keys.Seal(plain, Id), Id).AsSpan().SequenceEqual(plain));
    }

    [Fact]
    public void Hash_OnManyThreads_IsAlwaysTheSame()
    {
        var keys = Ring(Current, Former);
        var instances = Enumerable.Range(0, 100).Select(number => $"applet-{number}").ToArray();
        var alone = instances.Select(instance => Ring(Current, Former).HashInstance(instance)).ToArray();

        Parallel.For(0, 10_000, i => keys.HashInstance(instances[i % 100]).Should().Equal(alone[i % 100]));
    }

    [Fact]
    public void Seal_SameTwice_LooksDifferent()
    {
        var keys = Ring(Current);

        keys.Seal([1, 2, 3], Id).Should().NotEqual(keys.Seal([1, 2, 3], Id));
    }

    [Fact]
    public void Open_ForAnotherSession_IsRefused()
    {
        var keys = Ring(Current);
        var box = keys.Seal([1, 2, 3], Id);

        keys.Invoking(k => k.Open(box, SessionId.New(SupportDesk.Morning))).Should().Throw<CryptographicException>();
    }

    [Fact]
    public void Open_AnyByteChangedOrCut_IsRefused()
    {
        var keys = Ring(Current);
        var box = keys.Seal("012345"u8, Id);
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            keys.Invoking(k => k.Open(changed, Id)).Should().Throw<CryptographicException>("byte {0} was changed", i);
            keys.Invoking(k => k.Open(box.AsSpan(0, i), Id)).Should().Throw<CryptographicException>("it was cut to {0} bytes", i);
        }
    }

    [Fact]
    public void Open_AfterRotation_StillOpensWhatTheFormerKeySealed()
    {
        var box = Ring(Former).Seal([7], Id);

        Ring(Current, Former).Open(box, Id).Should().Equal(7);
        Ring(Current).Invoking(k => k.Open(box, Id)).Should().Throw<CryptographicException>().WithMessage("*Codes.Keys*");
    }

    [Fact]
    public void Seal_AfterRotation_UsesTheCurrentKey() =>
        Ring(Current).Open(Ring(Current, Former).Seal([7], Id), Id).Should().Equal(7);

    [Fact]
    public void Hash_EachKey_GivesItsHashCurrentFirst()
    {
        var pin = PinCode.Parse("012345");

        Ring(Current, Former).Hash(pin).Should().Equal(Ring(Current).Hash(pin)[0], Ring(Former).Hash(pin)[0]);
    }

    [Fact]
    public void Hash_OfEachUse_Differs()
    {
        var keys = Ring(Current);
        var bytes = "0123456789012345"u8;
        var token = LinkToken.FromBytes(bytes);
        AppletKey.TryParse(token.Text, out var key).Should().BeTrue();

        new[] { keys.Hash(token)[0], keys.Hash(key!)[0], keys.HashInstance("0123456789012345")[0] }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Ephemeral_TwoRings_HaveDifferentKeys()
    {
        var pin = PinCode.Parse("012345");

        KeyRing.Ephemeral().Hash(pin).Should().NotEqual(KeyRing.Ephemeral().Hash(pin));
    }

    [Theory]
    [InlineData("not base64!", "base64")]
    [InlineData("AAAA", "3 bytes")]
    [InlineData("", "is empty")]
    public void FromOptions_UnfitKey_ThrowsAndSaysHowToMakeOne(string key, string problem) =>
        ((Action)(() => Ring(key))).Should().Throw<ArgumentException>().WithMessage($"*{problem}*openssl rand -base64 32*");

    [Fact]
    public void ConnectionCode_SealedWithAndWithoutToken_OpensTheSame()
    {
        var keys = Ring(Current);
        foreach (var digits in (string[])["012345", "123456789012"])
        {
            foreach (var token in (LinkToken?[])[null, LinkToken.Generate()])
            {
                var code = new ConnectionCode(PinCode.Parse(digits), token);
                ConnectionCode.FromBytes(keys.Open(code.Seal(keys, Id), Id)).Should().Be(code);
            }
        }
    }

    [Fact]
    public void KeyedHash_Bytes_GiveItBack()
    {
        var hash = Ring(Current).Hash(PinCode.Parse("012345"))[0];

        KeyedHash.FromByteArray(hash.ToByteArray()).Should().Be(hash);
        ((Action)(() => KeyedHash.FromByteArray(new byte[15]))).Should().Throw<ArgumentException>();
    }

    private static KeyRing Ring(params string[] keys)
    {
        var options = new CodeOptions();
        foreach (var key in keys)
            options.Keys.Add(key);
        return KeyRing.FromOptions(options);
    }
}
