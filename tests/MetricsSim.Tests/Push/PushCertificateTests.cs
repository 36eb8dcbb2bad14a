using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MetricsSim.Configuration;
using MetricsSim.Hosting;
using MetricsSim.Push;
using MetricsSim.Tests.Support;
using MetricsSim.Wire.RemoteWrite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;

namespace MetricsSim.Tests.Push;

/// <summary>Both sides of a push show a certificate of an authority that nobody else knows.</summary>
public sealed class PushCertificateTests : IDisposable
{
    private static readonly WriteRequest Request = new(0, 0, new byte[] { 0 });
    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _authority = Authority();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task With_both_certificates_it_is_sent_and_without_either_it_is_not()
    {
        await using WriteReceiver receiver = await WriteReceiver.StartAsync(null, socket => socket.UseHttps(Issue("server"), https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == _authority.Subject;
        }));
        using X509Certificate2 client = Issue("client");
        string ca = _directory.Write("ca.pem", _authority.ExportCertificatePem());
        string certificate = _directory.Write("client.pem", client.ExportCertificatePem());
        string key = _directory.Write("client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var options = new RemoteWriteOptions { Url = receiver.Url, CaFile = ca, CertFile = certificate, KeyFile = key };

        Assert.Equal(SendOutcome.Sent, (await SendAsync(options)).Outcome);
        SendResult stranger = await SendAsync(options with { CaFile = null });
        Assert.Equal(SendOutcome.Retry, stranger.Outcome);
        Assert.Contains("certificate is invalid", stranger.Reason, StringComparison.Ordinal);
        Assert.Equal(SendOutcome.Retry, (await SendAsync(options with { CertFile = null, KeyFile = null })).Outcome);
        Assert.Single(await receiver.UntilAsync(_ => true));
    }

    [Theory]
    [InlineData("ca_file", null, "can't read")]
    [InlineData("ca_file", "", "holds no certificate")]
    [InlineData("cert_file", null, "can't read")]
    [InlineData("cert_file", "no certificate", "can't read")]
    public void A_file_that_cannot_be_used_is_named(string key, string? content, string expected)
    {
        string path = content is null ? _directory.File("absent.pem") : _directory.Write("bad.pem", content);
        var options = new RemoteWriteOptions { Url = new Uri("https://localhost/") };
        options = key == "ca_file" ? options with { CaFile = path } : options with { CertFile = path, KeyFile = path };
        var e = Assert.Throws<BadOptionException>(() => new WriteClient(options, TimeProvider.System));
        Assert.StartsWith($"push.remote_write.tls.{key}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    private static async Task<SendResult> SendAsync(RemoteWriteOptions options)
    {
        using var client = new WriteClient(options, TimeProvider.System);
        return await client.SendAsync(Request, TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 bare = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, (byte)name.Length]);
        return bare.CopyWithPrivateKey(key);
    }
}
