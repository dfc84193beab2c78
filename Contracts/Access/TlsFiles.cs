using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sweeper.Contracts.Access;

/// <summary>Files of a TLS identity, all in PEM form, as options name them.</summary>
/// <param name="Certificate">Certificate, those between it and its authority after it; empty: none.</param>
/// <param name="Key">Its private key, not encrypted; empty: none.</param>
/// <param name="Authority">Certificates of the authority whose certificates are believed, mutually; empty: none.</param>
public sealed record TlsFiles(string Certificate, string Key, string Authority)
{
    /// <summary>Option of <see cref="Certificate"/>.</summary>
    public const string CertificateOption = "--tls-certificate";

    /// <summary>Option of <see cref="Key"/>.</summary>
    public const string KeyOption = "--tls-key";

    /// <summary>Option of <see cref="Authority"/>.</summary>
    public const string AuthorityOption = "--tls-ca";

    /// <summary>Whether any is named.</summary>
    public bool Any => Certificate.Length + Key.Length + Authority.Length > 0;

    /// <summary>Reads and checks them.</summary>
    /// <param name="now">Time, UTC.</param>
    /// <returns>The identity, null where there is a problem or nothing is named; every problem; what is worth a warning.</returns>
    public (TlsIdentity? Identity, ImmutableArray<string> Problems, ImmutableArray<string> Warnings) Read(DateTimeOffset now)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (!Any)
        {
            return (null, [], []);
        }

        if (Certificate.Length == 0 || Key.Length == 0)
        {
            problems.Add($"{CertificateOption} and {KeyOption} go together{(Authority.Length > 0 ? $", and with {AuthorityOption}" : "")}: {(Certificate.Length == 0 ? CertificateOption : KeyOption)} is missing.");
        }

        X509Certificate2Collection? certificates = Certificates(CertificateOption, Certificate, now, problems);
        X509Certificate2Collection? authorities = Certificates(AuthorityOption, Authority, now, problems);
        string? key = Text(KeyOption, Key, problems);
        if (key is not null && OthersMayRead(Key))
        {
            warnings.Add($"{KeyOption} {Key}: every user of this machine may read the private key; `chmod 600 {Key}` keeps it to its owner.");
        }

        X509Certificate2? pair = certificates is null || key is null ? null : Join(certificates[0], key, problems);
        if (problems.Count > 0 || pair is null)
        {
            return (null, problems.ToImmutable(), warnings.ToImmutable());
        }

        certificates!.RemoveAt(0); // there is a pair of it
        return (new TlsIdentity(pair, certificates, authorities), [], warnings.ToImmutable());
    }

    private static X509Certificate2Collection? Certificates(string option, string file, DateTimeOffset now, ImmutableArray<string>.Builder problems)
    {
        if (Text(option, file, problems) is not { } text)
        {
            return null;
        }

        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPem(text);
        }
        catch (CryptographicException error)
        {
            problems.Add($"{option} {file}: the certificate cannot be read ({error.Message}).");
            return null;
        }

        if (read.Count == 0)
        {
            problems.Add($"{option} {file}: there is no certificate in it; PEM is expected (-----BEGIN CERTIFICATE-----).");
            return null;
        }

        foreach (X509Certificate2 certificate in read)
        {
            if (certificate.NotAfter.ToUniversalTime() <= now)
            {
                problems.Add($"{option} {file}: the certificate {certificate.Subject} ran out on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.");
            }
            else if (certificate.NotBefore.ToUniversalTime() > now)
            {
                problems.Add($"{option} {file}: the certificate {certificate.Subject} is good from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC on, not yet.");
            }
        }

        return read;
    }

    private X509Certificate2? Join(X509Certificate2 certificate, string key, ImmutableArray<string>.Builder problems)
    {
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            problems.Add($"{KeyOption} {Key}: the private key is encrypted; there is nobody to ask for its password. `openssl pkey -in {Key} -out FILE` takes it off.");
            return null;
        }

        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            problems.Add($"{KeyOption} {Key}: there is no private key in it; PEM is expected (-----BEGIN PRIVATE KEY-----).");
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            problems.Add($"{KeyOption} {Key}: the private key is not that of the certificate {Certificate}.");
            return null;
        }
    }

    private static string? Text(string option, string file, ImmutableArray<string>.Builder problems)
    {
        if (file.Length == 0)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add($"{option} {file}: there is no such file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{option} {file}: it cannot be read ({error.Message}).");
        }

        return null;
    }

    private static bool OthersMayRead(string file) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
}
