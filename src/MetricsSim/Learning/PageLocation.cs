using System.Net.Http.Headers;
using System.Text;

namespace MetricsSim.Learning;

/// <summary>Where a page is: a file, standard input, or a URL.</summary>
/// <param name="Shown">Its name, without credentials.</param>
/// <param name="File">Path of the file, or null.</param>
/// <param name="Url">The URL without credentials, or null.</param>
/// <param name="Authorization">Basic authentication, or null.</param>
internal sealed record PageLocation(string Shown, string? File, Uri? Url, AuthenticationHeaderValue? Authorization)
{
    private const string StandardInput = "-";

    /// <summary>Reads a location.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>A URL if it begins like one, else a file or standard input; null for a bad URL.</returns>
    public static PageLocation? Parse(string text)
    {
        if (text == StandardInput) return new("standard input", null, null, null);
        if (!text.Contains("://", StringComparison.Ordinal)) return text.Length == 0 ? null : new(text, text, null, null);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return null;
        var shown = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        if (url.UserInfo.Length == 0) return new(shown.ToString(), null, shown, null);
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
        return new(shown.ToString(), null, shown, new AuthenticationHeaderValue("Basic", secret));
    }
}
