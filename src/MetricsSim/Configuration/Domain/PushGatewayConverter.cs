using System.Buffers.Text;
using System.Text;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>integrations.prometheus</c>.</summary>
internal static class PushGatewayConverter
{
    private const string Path = "integrations.prometheus";

    /// <summary>Converts it; null when nothing is to be pushed.</summary>
    public static PushGatewayOptions? Convert(PrometheusSection section, Report report)
    {
        const string Key = $"{Path}.push_gateway";
        if (string.IsNullOrEmpty(section.PushGateway) || report.Failed(Path)) return null;

        if (section.JobName.Length == 0) report.Error($"{Path}.job_name", "a group of a push gateway needs a job");

        // Client libraries take the address without a scheme.
        string address = section.PushGateway.Contains("://", StringComparison.Ordinal) ? section.PushGateway : $"http://{section.PushGateway}";
        if (!Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out Uri? url) || url.Host.Length == 0 || url.Scheme is not ("http" or "https"))
        {
            report.Error(Key, $"expected host:port, or an http or https URL, got {Quoting.Quote(section.PushGateway)}");
            return null;
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            report.Error(Key, "expected an address without user, ? and #");
        string group = $"{url.AbsoluteUri.TrimEnd('/')}/metrics{Segment("job", section.JobName)}{Segment("instance", section.Instance)}";
        return section.Enabled && !report.Failed(Path) ? new PushGatewayOptions(new Uri(group), section.PushInterval) : null;
    }

    /// <summary>A label of the group; a slash can't stand in a path, and is sent in base64 as the gateway allows.</summary>
    private static string Segment(string label, string value) =>
        value.Length == 0 ? ""
        : value.Contains('/', StringComparison.Ordinal) ? $"/{label}@base64/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value))}"
        : $"/{label}/{Uri.EscapeDataString(value)}";
}
