using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MetricsSim.Hosting;

namespace MetricsSim.Push;

/// <summary>The certificates of a push.</summary>
internal static class PushCertificates
{
    /// <summary>Reads the files.</summary>
    /// <param name="keys">Where the keys stand that name them.</param>
    /// <param name="caFile">PEM file of authorities to trust; null for the system's.</param>
    /// <param name="certFile">PEM file of the client's certificate; null for none.</param>
    /// <param name="keyFile">PEM file of its key.</param>
    /// <returns>Whom to trust, and who the client is.</returns>
    /// <exception cref="BadOptionException">A file can't be read, or holds something else.</exception>
    public static SslClientAuthenticationOptions Load(string keys, string? caFile, string? certFile, string? keyFile)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (caFile is { } ca)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read($"{keys}.ca_file", ca, () => policy.CustomTrustStore.ImportFromPemFile(ca));
            if (policy.CustomTrustStore.Count == 0) throw new BadOptionException($"{keys}.ca_file: {ca} holds no certificate in PEM");
            ssl.CertificateChainPolicy = policy;
        }

        if (certFile is { } certificate && keyFile is { } key)
            Read($"{keys}.cert_file", certificate, () => ssl.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)]);
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
            throw new BadOptionException($"{key}: can't read {path}: {e.Message}", e);
        }
    }
}
