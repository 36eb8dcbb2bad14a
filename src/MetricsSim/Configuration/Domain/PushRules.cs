using System.Buffers;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Domain;

/// <summary>What all pushes ask of addresses, headers and certificates.</summary>
internal static class PushRules
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // What describes the body and the connection is not the user's to say.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Encoding", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Host", "Upgrade", "Trailer",
    };

    /// <summary>Reads an address; what is wrong with it is reported.</summary>
    /// <param name="text">The address.</param>
    /// <param name="key">Where it stands.</param>
    /// <param name="instead">Where a user and password belong.</param>
    /// <param name="report">Takes errors.</param>
    /// <returns>Null if it is none.</returns>
    public static Uri? Url(string text, string key, string instead, Report report)
    {
        if (report.Failed(key)) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Scheme is not ("http" or "https"))
        {
            report.Error(key, $"expected an http or https URL, got {Quoting.Quote(text)}");
            return null;
        }

        if (url.UserInfo.Length > 0) report.Error(key, $"user and password don't belong in the URL, where logs show them; use {instead}");
        else if (url.Fragment.Length > 0) report.Error(key, "a URL to send to has no #");
        return url;
    }

    /// <summary>Warns of an address without a word on whether to push there: by default nothing is.</summary>
    /// <param name="path">The section, with a key <c>enabled</c>.</param>
    /// <param name="key">Its key with the address.</param>
    /// <param name="report">Takes the warning.</param>
    public static void WarnIfIdle(string path, string key, Report report)
    {
        if (report.IsSet($"{path}.{key}") && !report.IsSet($"{path}.enabled"))
            report.Warn($"{path}.{key}", "nothing is pushed there: add enabled: true, or enabled: false to say that it is meant");
    }

    /// <summary>Checks which certificates are given.</summary>
    public static void CheckTls(TlsSection tls, string path, Uri? url, Report report)
    {
        if (tls.CertFile is null != tls.KeyFile is null)
            report.Error(report.FirstSet($"{path}.cert_file", $"{path}.key_file"), "cert_file and key_file belong together");
        if (url?.Scheme == Uri.UriSchemeHttp && (tls.CaFile ?? tls.CertFile ?? tls.KeyFile) is not null) report.Error(path, "needs an https URL");
    }

    /// <summary>Checks further headers.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="taken">Names that are given elsewhere; takes those given here.</param>
    /// <param name="elsewhere">Where that is.</param>
    /// <param name="own">Headers of the protocol.</param>
    /// <param name="report">Takes errors.</param>
    public static void CheckHeaders(
        OrderedDictionary<string, string> headers, string path, HashSet<string> taken, string elsewhere, IReadOnlyCollection<string> own, Report report)
    {
        foreach (var (name, value) in headers)
        {
            var key = Report.Join(path, name);
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token)) report.Error(key, "is no name of a header");
            else if (Reserved.Contains(name) || own.Contains(name, StringComparer.OrdinalIgnoreCase)) report.Error(key, "is set by the push itself");
            else if (!taken.Add(name)) report.Error(key, $"is given twice{elsewhere}");
            CheckHeader(key, value, report);
        }
    }

    /// <summary>Checks the value of a header.</summary>
    public static void CheckHeader(string key, string value, Report report)
    {
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) report.Error(key, "a header holds printable ASCII only");
    }
}
