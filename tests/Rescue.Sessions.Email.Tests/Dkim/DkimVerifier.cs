using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>Verifies relaxed signatures by the text of RFC 6376 and RFC 8463, from bytes alone; it shares no code with what signs.</summary>
internal static partial class DkimVerifier
{
    /// <summary>The tags of every signature, in the order in which they stand in the message.</summary>
    public static List<Dictionary<string, string>> Signatures(byte[] wire) =>
        [.. Split(wire).Headers.Where(header => IsNamed(header, "DKIM-Signature")).Select(Tags)];

    /// <summary>Whether a signature holds.</summary>
    /// <param name="wire">The message as a server received it.</param>
    /// <param name="index">Which signature.</param>
    /// <param name="publicKey">The key as its DNS record has it (<c>p=</c>), without base64.</param>
    public static bool Verify(byte[] wire, int index, byte[] publicKey)
    {
        var (headers, body) = Split(wire);
        var signature = headers.Where(header => IsNamed(header, "DKIM-Signature")).ElementAt(index);
        var tags = Tags(signature);
        if (tags["v"] != "1" || tags["c"] != "relaxed/relaxed" || tags.ContainsKey("l"))
            return false;
        if (!SHA256.HashData(Latin1(RelaxedBody(body))).AsSpan().SequenceEqual(Base64(tags["bh"])))
            return false;

        var signed = new StringBuilder();
        var left = headers.ToList();
        foreach (var name in tags["h"].Split(':').Select(name => name.Trim()))
        {
            // From the bottom up; a name that is not there any more stands for nothing (section 5.4.2).
            var last = left.FindLastIndex(header => IsNamed(header, name));
            if (last < 0)
                continue;
            signed.Append(RelaxedHeader(left[last])).Append("\r\n");
            left.RemoveAt(last);
        }

        signed.Append(RelaxedHeader(WithoutValue().Replace(signature, "$1")));
        return IsSignedBy(tags["a"], Latin1(signed.ToString()), Base64(tags["b"]), publicKey);
    }

    private static bool IsSignedBy(string algorithm, byte[] data, byte[] signature, byte[] publicKey)
    {
        if (algorithm == "rsa-sha256")
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        // RFC 8463 section 3: the hash is what is signed.
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(publicKey));
        var hash = SHA256.HashData(data);
        verifier.BlockUpdate(hash, 0, hash.Length);
        return algorithm == "ed25519-sha256" && verifier.VerifySignature(signature);
    }

    private static (List<string> Headers, string Body) Split(byte[] wire)
    {
        var text = Encoding.Latin1.GetString(wire);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return ([.. FieldEnd().Split(text[..end])], text[(end + 4)..]);
    }

    private static bool IsNamed(string header, string name) =>
        header[..header.IndexOf(':', StringComparison.Ordinal)].Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    // Section 3.4.2.
    private static string RelaxedHeader(string header)
    {
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        var value = WhiteSpace().Replace(header[(colon + 1)..].Replace("\r\n", "", StringComparison.Ordinal), " ").Trim(' ');
        return $"{header[..colon].Trim().ToLowerInvariant()}:{value}";
    }

    // Section 3.4.4.
    private static string RelaxedBody(string body)
    {
        var lines = body.Split("\r\n").Select(line => WhiteSpace().Replace(line, " ").TrimEnd(' '));
        var text = string.Join("\r\n", lines).TrimEnd('\r', '\n');
        return text.Length == 0 ? "" : text + "\r\n";
    }

    private static Dictionary<string, string> Tags(string header) => header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..]
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(tag => tag.Split('=', 2)).ToDictionary(tag => tag[0].Trim(), tag => AnySpace().Replace(tag[1], ""));

    private static byte[] Base64(string text) => Convert.FromBase64String(text);

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    [GeneratedRegex(@"\r\n(?![ \t])")]
    private static partial Regex FieldEnd();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\s+")]
    private static partial Regex AnySpace();

    // The signature's own value counts as empty (section 3.7).
    [GeneratedRegex(@"(;\s*b\s*=)[^;]*")]
    private static partial Regex WithoutValue();
}
