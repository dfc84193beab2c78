using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>The certificates that docs/security.md has a user make.</summary>
public sealed class PageOpensslTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-openssl-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Openssl_OnThePage_MakesACertificateOfTheAuthority()
    {
        Snippet block = Assert.Single(Snippets.All, block => block.Text.StartsWith("openssl req", StringComparison.Ordinal));
        Assert.SkipUnless(HasOpenssl(), "There is no openssl on this machine (Debian: openssl): the commands of docs/security.md were NOT run.");

        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-e", "-c", block.Text]) { WorkingDirectory = _folder.FullName, RedirectStandardError = true })!; // a program is started
        string error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();

        Assert.True(bash.ExitCode == 0, error);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(In("ca.pem"));
        using var certificate = X509Certificate2.CreateFromPemFile(In("gpu1.pem"), In("gpu1.key"));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(certificate), string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(certificate.HasPrivateKey);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static bool HasOpenssl()
    {
        try
        {
            using Process version = Process.Start(new ProcessStartInfo("openssl", ["version"]) { RedirectStandardOutput = true })!; // a program is started
            version.WaitForExit();
            return version.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
