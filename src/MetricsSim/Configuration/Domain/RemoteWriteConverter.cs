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

    // What describes the sender is not the user's to say: the specification of 2.0 forbids it.
    private static readonly string[] Own = ["User-Agent", "X-Prometheus-Remote-Write-Version"];

    /// <summary>Converts it; null when it is not enabled. What is wrong is reported either way.</summary>
    public static RemoteWriteOptions? Convert(RemoteWriteSection section, Report report)
    {
        var url = PushRules.Url(section.Url, $"{Path}.url", "basic_auth", report);
        PushRules.WarnIfIdle(Path, "url", report);
        PushRules.CheckTls(section.Tls, $"{Path}.tls", url, report);
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
            PushRules.CheckHeader($"{Path}.bearer_token", token, report);
            Add(Authorization, $"Bearer {token}");
        }

        if (section.Tenant is { } tenant)
        {
            PushRules.CheckHeader($"{Path}.tenant", tenant, report);
            Add(TenantHeader, tenant);
        }

        PushRules.CheckHeaders(
            section.Headers, $"{Path}.headers", seen, ", here or by basic_auth, bearer_token or tenant", Own, report);
        headers.AddRange(section.Headers);
        return headers;

        void Add(string name, string value)
        {
            seen.Add(name);
            headers.Add(new(name, value));
        }
    }
}
