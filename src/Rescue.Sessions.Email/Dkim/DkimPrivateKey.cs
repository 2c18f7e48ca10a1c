using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>A private key that has been read.</summary>
/// <param name="Domain">The domain that signs, in ASCII.</param>
/// <param name="Selector">The selector.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="Value">The key.</param>
internal sealed record DkimPrivateKey(string Domain, string Selector, DkimSignatureAlgorithm Algorithm, AsymmetricKeyParameter Value)
{
    // RFC 8301 section 3.2: shorter ones do not count, and longer ones need not be verified.
    private const int FewestBits = 1024;
    private const int MostBits = 4096;

    /// <summary>Reads a key; null with the name of the property and the fix where it is none. Nothing of what was read is repeated.</summary>
    public static DkimPrivateKey? Read(DkimKey key, out string? problem)
    {
        problem = key switch
        {
            { KeyFile: not null, Key: not null } => "KeyFile and Key are both set. Set one of them.",
            { KeyFile: null, Key: null } => "KeyFile is not set. Set it to a file with the private key in PEM, or set Key.",
            _ => null,
        };
        if (problem is not null)
            return null;
        var property = key.KeyFile is null ? nameof(DkimKey.Key) : nameof(DkimKey.KeyFile);
        try
        {
            var text = key.KeyFile is { } file ? File.ReadAllText(file) : key.Key!();
            problem = Parse(text, out var value, out var algorithm) is { } wrong ? $"{property} {wrong}" : null;
            return problem is null ? new(DomainName.Parse(key.Domain)?.Ascii ?? key.Domain, key.Selector, algorithm, value!) : null;
        }
        catch (Exception failure)
        {
            // What was thrown may hold a piece of the key.
            problem = $"{property} could not be read ({failure.GetType().Name}). It must be, or give, a private key in PEM, without a password.";
            return null;
        }
    }

    /// <summary>Masked.</summary>
    public override string ToString() => $"{Selector}._domainkey.{Domain}";

    private static string? Parse(string text, out AsymmetricKeyParameter? value, out DkimSignatureAlgorithm algorithm)
    {
        algorithm = DkimSignatureAlgorithm.RsaSha256;
        using var reader = new StringReader(text);
        value = new PemReader(reader).ReadObject() switch
        {
            AsymmetricCipherKeyPair pair => pair.Private,
            AsymmetricKeyParameter { IsPrivate: true } single => single,
            _ => null,
        };
        switch (value)
        {
            case RsaKeyParameters { Modulus.BitLength: >= FewestBits and <= MostBits }:
                return null;
            case RsaKeyParameters rsa:
                return $"is an RSA key of {rsa.Modulus.BitLength} bits; take one of {FewestBits} to {MostBits}, such as 2048.";
            case Ed25519PrivateKeyParameters:
                algorithm = DkimSignatureAlgorithm.Ed25519Sha256;
                return null;
            case null:
                return "is no private key in PEM. Make one, for instance by: openssl genrsa 2048";
            default:
                return "is a key of another kind. Take one of RSA or Ed25519.";
        }
    }
}
