using System.Text;
using MetricsSim.Cli;
using MetricsSim.Dashboards.Benchmarks;

namespace MetricsSim.Reports;

/// <summary>The files of a benchmark of dashboards: <c>X.html</c>, and <c>X.json</c> beside it.</summary>
/// <param name="htmlPath">Path of the HTML file; ends in <c>.html</c>.</param>
internal sealed class BenchFiles(string htmlPath)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes the directory, so that minutes of loads don't end with it turning out that there is none.</summary>
    /// <exception cref="OutputException">It could not be made.</exception>
    public void Prepare() => OutputException.Guard(() =>
    {
        if (Path.GetDirectoryName(Path.GetFullPath(htmlPath)) is { } directory) Directory.CreateDirectory(directory);
    });

    /// <summary>Writes both; older ones are replaced.</summary>
    /// <param name="report">What was found.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written.</exception>
    public IReadOnlyList<string> Write(BenchReport report)
    {
        var json = htmlPath[..^".html".Length] + ".json";
        OutputException.Guard(() => File.WriteAllText(htmlPath, BenchHtml.Of(report), Utf8));
        OutputException.Guard(() => File.WriteAllText(json, Json.Text(report), Utf8));
        return [htmlPath, json];
    }
}
