using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MetricsSim.Configuration;
using MetricsSim.Hosting;

namespace MetricsSim.Push;

/// <summary>The certificates of a push.</summary>
internal static class PushCertificates
{
    /// <summary>Reads the files.</summary>
    /// <param name="options">Which files.</param>
    /// <returns>Whom to trust, and who the client is.</returns>
    /// <exception cref="BadOptionException">A file can't be read, or holds something else.</exception>
    public static SslClientAuthenticationOptions Load(RemoteWriteOptions options)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (options.CaFile is { } ca)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read("ca_file", ca, () => policy.CustomTrustStore.ImportFromPemFile(ca));
            if (policy.CustomTrustStore.Count == 0) throw new BadOptionException($"push.remote_write.tls.ca_file: {ca} holds no certificate in PEM");
            ssl.CertificateChainPolicy = policy;
        }

        if (options is { CertFile: { } certificate, KeyFile: { } key })
            Read("cert_file", certificate, () => ssl.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)]);
        return ssl;
    }

    private static void Read(string key, string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new BadOptionException($"push.remote_write.tls.{key}: can't read {path}: {e.Message}", e);
        }
    }
}
