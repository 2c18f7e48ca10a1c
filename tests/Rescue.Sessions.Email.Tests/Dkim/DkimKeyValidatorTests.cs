using System.Security.Cryptography;
using Rescue.Sessions.Email.Hosting;

namespace Rescue.Sessions.Email.Dkim;

public sealed class DkimKeyValidatorTests
{
    private const string Secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";

    public static TheoryData<string, Func<DkimKey>> Wrong { get; } = new()
    {
        { "Email.Dkim[0].Domain must be", () => TestKey.Rsa().As("", "s1") },
        { "Email.Dkim[0].Domain must be", () => TestKey.Rsa().As("acme", "s1") },
        { "Email.Dkim[0].Selector must be", () => TestKey.Rsa().As("acme.example", "") },
        { "Email.Dkim[0].Selector must be", () => TestKey.Rsa().As("acme.example", "a b") },
        { "Email.Dkim[0].Selector must be", () => TestKey.Rsa().As("acme.example", "-a") },
        { "Email.Dkim[0].KeyFile is not set.", () => new() { Domain = "acme.example", Selector = "s1" } },
        { "Email.Dkim[0].KeyFile and Key are both set.", () => new() { Domain = "acme.example", Selector = "s1", KeyFile = "x", Key = () => "" } },
        { "Email.Dkim[0].KeyFile could not be read (FileNotFoundException)", () => new() { Domain = "acme.example", Selector = "s1", KeyFile = "/no-such-file.pem" } },
        { "Email.Dkim[0].Key is no private key in PEM", () => Of("") },
        { "Email.Dkim[0].Key is no private key in PEM", () => Of("secret") },
        { "Email.Dkim[0].Key ", () => Of($"-----BEGIN PRIVATE KEY-----\n{Secret}\n-----END PRIVATE KEY-----\n") },
        { "Email.Dkim[0].Key is no private key in PEM", () => Of(PublicKey()) },
        { "Email.Dkim[0].Key could not be read", () => Of(Encrypted()) },
        { "Email.Dkim[0].Key could not be read (TimeoutException)", () => new() { Domain = "acme.example", Selector = "s1", Key = () => throw new TimeoutException(Secret) } },
        { "Email.Dkim[0].Key is an RSA key of 512 bits", () => TestKey.Rsa(512).As("acme.example", "s1") },
        { "Email.Dkim[0].Key is a key of another kind", () => Of(Curve()) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_KeyThatIsNone_NamesThePropertyAndHidesTheKey(string message, Func<DkimKey> key)
    {
        var options = new EmailOptions { Dkim = { key() } };

        var result = new DkimKeyValidator().Validate(name: null, options);

        result.Failures.Should().ContainSingle().Which.Should().StartWith(message).And.NotContain(Secret[..20]);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Validate_Rsa_IsFineInBothFormsOfPem(int bits)
    {
        var options = new EmailOptions { Dkim = { TestKey.Rsa(bits).As("acme.example", "s1"), TestKey.Rsa(bits, pkcs8: false).As("acme.example", "s2") } };

        new DkimKeyValidator().Validate(name: null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Validate_Ed25519InAFile_IsFine()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, TestKey.Ed25519().Pem);
        try
        {
            new DkimKeyValidator().Validate(name: null, new() { Dkim = { new() { Domain = "acme.example", Selector = "e1", KeyFile = file } } }).Succeeded.Should().BeTrue();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Validate_SameSelectorTwice_IsRefused()
    {
        var options = new EmailOptions { Dkim = { TestKey.Rsa().As("acme.example", "s1"), TestKey.Rsa().As("ACME.example", "s1") } };

        new DkimKeyValidator().Validate(name: null, options).Failures.Should().ContainSingle().Which.Should().StartWith("Email.Dkim has s1._domainkey.acme.example twice.");
    }

    [Fact]
    public void ToString_Key_ShowsNothingOfIt()
    {
        var key = TestKey.Rsa().As("acme.example", "s1");

        key.ToString().Should().Be("s1._domainkey.acme.example");
        key.Read(out _)!.ToString().Should().Be("s1._domainkey.acme.example");
    }

    private static DkimKey Of(string pem) => new() { Domain = "acme.example", Selector = "s1", Key = () => pem };

    private static string PublicKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static string Encrypted()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportEncryptedPkcs8PrivateKeyPem("password", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
    }

    private static string Curve()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return curve.ExportPkcs8PrivateKeyPem();
    }
}
