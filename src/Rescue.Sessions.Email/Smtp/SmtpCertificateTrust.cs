using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Trusts the host's own authorities instead of the system's; the name and the dates count as ever.</summary>
internal sealed class SmtpCertificateTrust(X509Certificate2Collection roots)
{
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? received, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);

        // Private authorities rarely publish what they revoke.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (received is not null)
            chain.ChainPolicy.ExtraStore.AddRange(received.ChainPolicy.ExtraStore);
        using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(server);
    }
}
