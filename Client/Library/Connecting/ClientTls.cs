using System.Collections.Immutable;
using System.Security.Authentication;
using Orleans.Connections.Security;
using Sweeper.Contracts.Access;

namespace Sweeper.Client.Connecting;

/// <summary>TLS with the gateways of a cluster that has an authority of its own.</summary>
internal static class ClientTls
{
    /// <summary>Reads the files that the options name.</summary>
    /// <param name="files">Files.</param>
    /// <param name="notice">Takes warnings.</param>
    /// <returns>Null where none are named.</returns>
    /// <exception cref="CliException">Something is wrong with them: every problem.</exception>
    public static TlsIdentity? Read(TlsFiles files, Action<string> notice)
    {
        if (!files.Any)
        {
            return null;
        }

        (TlsIdentity? identity, ImmutableArray<string> problems, ImmutableArray<string> warnings) = files.Read(TimeProvider.System.GetUtcNow());
        foreach (string warning in warnings)
        {
            notice(warning);
        }

        string[] all = [.. problems, .. files.Authority.Length == 0 ? [$"{TlsFiles.AuthorityOption} is missing: a console believes a cluster by its authority."] : Array.Empty<string>()];
        return all.Length == 0 ? identity : throw new CliException(ExitCode.BadInput, string.Join(" ", all));
    }

    /// <summary>Shows the console's certificate, and believes those of the authority only.</summary>
    public static IClientBuilder UseClusterTls(this IClientBuilder client, TlsIdentity? identity) => identity is null ? client : client.UseTls(identity.Certificate, tls =>
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => identity.Believes(certificate);
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "sweeper"; // reached by address: the authority is what counts
    });
}
