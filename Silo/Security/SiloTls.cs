using System.Security.Authentication;
using Orleans.Connections.Security;
using Sweeper.Contracts.Access;

namespace Sweeper.Silo.Security;

/// <summary>TLS between silos, and of consoles with their gateways: each side shows a certificate of the cluster's authority.</summary>
internal static class SiloTls
{
    /// <summary>Lets in nobody without a certificate, where there is an authority.</summary>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, TlsIdentity? identity) => identity is not { IsMutual: true } ? silo : silo.UseTls(identity.Certificate, tls =>
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => identity.Believes(certificate);
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "sweeper"; // reached by address: the authority is what counts
    });
}
