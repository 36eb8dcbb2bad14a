using System.Buffers;
using System.Text;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Series;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>push.remote_write</c>.</summary>
internal static class RemoteWriteConverter
{
    private const string Path = "push.remote_write";
    private const string Authorization = "Authorization", TenantHeader = "X-Scope-OrgID";
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // What describes the body, the sender and the connection is not the user's to say; the specification of 2.0 forbids it.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Encoding", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Host", "Upgrade", "Trailer",
        "User-Agent", "X-Prometheus-Remote-Write-Version",
    };

    /// <summary>Converts it; null when it is not enabled. What is wrong is reported either way.</summary>
    public static RemoteWriteOptions? Convert(RemoteWriteSection section, Report report)
    {
        var url = Url(section, report);
        CheckTls(section, url, report);
        if (section.MinBackoff > section.MaxBackoff)
            report.Error(report.FirstSet($"{Path}.max_backoff", $"{Path}.min_backoff"), "max_backoff must be at least min_backoff");
        foreach (var name in section.Labels.Keys.Where(name => name.StartsWith("__", StringComparison.Ordinal) || name == "le"))
            report.Error(Report.Join($"{Path}.labels", name), "is Prometheus's own; choose another name");
        var headers = Headers(section, report);
        if (!section.Enabled || url is null) return null;
        return new RemoteWriteOptions
        {
            Url = url,
            Version = section.ProtocolVersion == "2.0" ? RemoteWriteVersion.V2 : RemoteWriteVersion.V1,
            Interval = section.Interval,
            SimulatedTimestamps = section.Timestamps == SampleClockName.Simulated,
            Labels = [.. section.Labels.Where(label => label.Value.Length > 0).Select(label => new Label(label.Key, label.Value))],
            Timeout = section.Timeout,
            Headers = headers,
            CaFile = section.Tls.CaFile,
            CertFile = section.Tls.CertFile,
            KeyFile = section.Tls.KeyFile,
            MaxSamplesPerSend = section.MaxSamplesPerSend,
            Shards = section.Shards,
            QueueCapacity = section.QueueCapacity,
            MinBackoff = section.MinBackoff,
            MaxBackoff = section.MaxBackoff,
            MetadataInterval = section.MetadataInterval,
            LateFraction = section.OutOfOrder.Fraction,
            LateDelay = section.OutOfOrder.Delay,
        };
    }

    private static Uri? Url(RemoteWriteSection section, Report report)
    {
        const string Key = $"{Path}.url";
        if (report.Failed(Key)) return null;
        if (!Uri.TryCreate(section.Url, UriKind.Absolute, out var url) || url.Host.Length == 0)
            report.Error(Key, $"expected an http or https URL, got {Quoting.Quote(section.Url)}");
        else if (url.UserInfo.Length > 0)
            report.Error(Key, "user and password don't belong in the URL, where logs show them; use basic_auth");
        else if (url.Fragment.Length > 0)
            report.Error(Key, "a URL to send to has no #");
        return url;
    }

    private static void CheckTls(RemoteWriteSection section, Uri? url, Report report)
    {
        var tls = section.Tls;
        if (tls.CertFile is null != tls.KeyFile is null)
            report.Error(report.FirstSet($"{Path}.tls.cert_file", $"{Path}.tls.key_file"), "cert_file and key_file belong together");
        if (url?.Scheme == Uri.UriSchemeHttp && (tls.CaFile ?? tls.CertFile ?? tls.KeyFile) is not null)
            report.Error($"{Path}.tls", "needs an https URL");
    }

    private static List<KeyValuePair<string, string>> Headers(RemoteWriteSection section, Report report)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (section.BasicAuth is { Username: null, Password: not null })
            report.Error($"{Path}.basic_auth.password", "needs basic_auth.username");
        if (section.BasicAuth.Username is { } user)
        {
            if (user.Contains(':', StringComparison.Ordinal)) report.Error($"{Path}.basic_auth.username", "must not hold a colon");
            if (section.BearerToken is not null) report.Error($"{Path}.bearer_token", "stands beside basic_auth; give one of the two");
            Add(Authorization, $"Basic {System.Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{section.BasicAuth.Password}"))}");
        }
        else if (section.BearerToken is { } token)
        {
            Check($"{Path}.bearer_token", token);
            Add(Authorization, $"Bearer {token}");
        }

        if (section.Tenant is { } tenant)
        {
            Check($"{Path}.tenant", tenant);
            Add(TenantHeader, tenant);
        }

        foreach (var (name, value) in section.Headers)
        {
            var key = Report.Join($"{Path}.headers", name);
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token)) report.Error(key, "is no name of a header");
            else if (Reserved.Contains(name)) report.Error(key, "is set by remote write itself");
            else if (!seen.Add(name)) report.Error(key, "is given twice, here or by basic_auth, bearer_token or tenant");
            Check(key, value);
            headers.Add(new(name, value));
        }

        return headers;

        void Add(string name, string value)
        {
            seen.Add(name);
            headers.Add(new(name, value));
        }

        void Check(string key, string value)
        {
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) report.Error(key, "a header holds printable ASCII only");
        }
    }
}
