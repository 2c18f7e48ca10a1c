using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities.IO.Pem;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>A private key in PEM with its public one as DNS has it.</summary>
/// <param name="Pem">The private key.</param>
/// <param name="Public">The public key: a SubjectPublicKeyInfo of RSA, or the 32 bytes of Ed25519.</param>
internal sealed record TestKey(string Pem, byte[] Public)
{
    public static TestKey Rsa(int bits = 2048, bool pkcs8 = true)
    {
        using var rsa = RSA.Create(bits);
        return new(pkcs8 ? rsa.ExportPkcs8PrivateKeyPem() : rsa.ExportRSAPrivateKeyPem(), rsa.ExportSubjectPublicKeyInfo());
    }

    public static TestKey Ed25519()
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        using var text = new StringWriter();
        new Org.BouncyCastle.OpenSsl.PemWriter(text).WriteObject((PemObjectGenerator)new Pkcs8Generator(key));
        return new(text.ToString(), key.GeneratePublicKey().GetEncoded());
    }

    public DkimKey As(string domain, string selector) => new() { Domain = domain, Selector = selector, Key = () => Pem };
}
