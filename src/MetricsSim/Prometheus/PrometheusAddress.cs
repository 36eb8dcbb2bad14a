using System.Net.Http.Headers;
using System.Text;

namespace MetricsSim.Prometheus;

/// <summary>Where a Prometheus is, maybe below a path, and the credentials that its URL held.</summary>
/// <param name="Url">Ends in a slash; without credentials, so that it can be shown.</param>
/// <param name="Authorization">Basic authentication, or null.</param>
internal sealed record PrometheusAddress(Uri Url, AuthenticationHeaderValue? Authorization)
{
    /// <summary>The environment variable with the default address.</summary>
    public const string Variable = "PROMETHEUS_URL";

    /// <summary>An address to show as an example.</summary>
    public const string Example = "http://localhost:9090";

    /// <summary>As people write it.</summary>
    public string Text => Url.ToString().TrimEnd('/');

    /// <summary>Reads an address.</summary>
    /// <param name="text">An http or https URL, maybe with <c>user:password@</c>.</param>
    /// <returns>The address, or null if it isn't one.</returns>
    public static PrometheusAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return null;
        if (url.Query.Length > 0 || url.Fragment.Length > 0) return null;
        var shown = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        if (url.UserInfo.Length == 0) return new(shown, null);
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
        return new(shown, new AuthenticationHeaderValue("Basic", secret));
    }
}
