using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sweeper.Contracts.Access;

/// <summary>What a program shows over TLS, and whom it believes.</summary>
/// <param name="certificate">Certificate with its private key.</param>
/// <param name="between">Certificates between it and its authority.</param>
/// <param name="authorities">Authorities whose certificates are believed; null: none is asked for.</param>
public sealed class TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection? authorities) : IDisposable
{
    /// <summary>Certificate with its private key.</summary>
    public X509Certificate2 Certificate => certificate;

    /// <summary>Certificates between it and its authority.</summary>
    public X509Certificate2Collection Between => between;

    /// <summary>Whether whoever connects must show a certificate of the authority too.</summary>
    public bool IsMutual => authorities is not null;

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Fingerprint => FingerprintOf(certificate);

    /// <summary>SHA-256 of a certificate, hexadecimal.</summary>
    public static string FingerprintOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
    }

    /// <summary>Whether a certificate is good now and one of the authority's. Its name is not asked for: silos are reached by address, and the authority is the cluster's own.</summary>
    /// <param name="other">What the other side showed; null: nothing.</param>
    public bool Believes(X509Certificate2? other)
    {
        if (other is null || authorities is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(between); // ours are of the same authority
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(other);
    }

    /// <inheritdoc />
    public void Dispose() => certificate.Dispose();
}
