namespace Rescue.Sessions.Email.Dkim;

/// <summary>
/// A key with which messages of one sender domain are signed (DKIM, RFC 6376). What it is read from is kept, the key itself is never shown. Not to be changed
/// once the host has started.
/// </summary>
public sealed class DkimKey
{
    private readonly Lock gate = new();
    private (DkimPrivateKey? Key, string? Problem)? read;

    /// <summary>The domain that signs: the sender's own or a parent of it, such as <c>acme.example</c>. Compulsory.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The name under which the public key stands in the domain's DNS, <c>SELECTOR._domainkey.DOMAIN</c>, such as <c>s2026</c>. Compulsory.</summary>
    public string Selector { get; set; } = "";

    /// <summary>
    /// A file with the private key in PEM: RSA of 1,024 to 4,096 bits (2,048 is usual), or Ed25519 (RFC 8463). A relative path begins at the working directory.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>Gives the private key in PEM, instead of <see cref="KeyFile"/>. Called when the host starts, and when its options are read anew.</summary>
    public Func<string>? Key { get; set; }

    /// <summary>Names where the public key stands, and nothing of the private one.</summary>
    public override string ToString() => $"{Selector}._domainkey.{Domain}";

    /// <summary>Reads the key, once; or says what is wrong with it.</summary>
    internal DkimPrivateKey? Read(out string? problem)
    {
        lock (gate)
        {
            read ??= (DkimPrivateKey.Read(this, out var wrong), wrong);
            problem = read.Value.Problem;
            return read.Value.Key;
        }
    }
}
