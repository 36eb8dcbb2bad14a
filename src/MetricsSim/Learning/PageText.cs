using System.Globalization;
using System.Text;
using MetricsSim.Prometheus;

namespace MetricsSim.Learning;

/// <summary>Writes what a Prometheus answers as a page, so that it is learned from as a page is.</summary>
internal static class PageText
{
    private const string Name = "__name__";

    /// <summary>Writes a family.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type as metadata has it.</param>
    /// <param name="help">What it is about.</param>
    /// <param name="series">Its series with a value each; names among the labels.</param>
    /// <returns>Text 0.0.4, without timestamps.</returns>
    public static byte[] Of(string name, string type, string help, IEnumerable<PrometheusSeries> series)
    {
        var page = new StringBuilder();
        if (help.Length > 0) page.Append("# HELP ").Append(Quoted(name)).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        page.Append("# TYPE ").Append(Quoted(name)).Append(' ').Append(type).Append('\n');
        foreach (var one in series)
        {
            page.Append('{').Append(Text(one.Labels[Name]));
            foreach (var (label, value) in one.Labels.Where(label => label.Key != Name)) page.Append(',').Append(Text(label)).Append('=').Append(Text(value));
            page.Append("} ").Append(Number(one.Value)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>A selector of exactly one series.</summary>
    /// <param name="labels">Its labels, its name among them.</param>
    public static string Selector(IReadOnlyDictionary<string, string> labels) =>
        $"{{{string.Join(',', labels.Select(label => $"{Key(label.Key)}={Text(label.Value)}"))}}}";

    /// <summary>A text in quotes, as pages and PromQL have it.</summary>
    /// <param name="value">The text.</param>
    public static string Text(string value) =>
        $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    // Names in UTF-8 stand in quotes, since Prometheus 3.
    private static string Key(string label) => PlainName.OfGroup(label) == label ? label : Text(label);

    private static string Quoted(string name) => PlainName.OfMetric(name) == name ? name : Text(name);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
