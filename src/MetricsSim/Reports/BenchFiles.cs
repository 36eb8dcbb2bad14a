using MetricsSim.Cli;
using MetricsSim.Dashboards.Benchmarks;

namespace MetricsSim.Reports;

/// <summary>The files of a benchmark of dashboards: <c>X.html</c>, and <c>X.json</c> beside it.</summary>
/// <param name="htmlPath">Path of the HTML file; ends in <c>.html</c>.</param>
internal sealed class BenchFiles(string htmlPath)
{
    /// <summary>Makes the directory, so that minutes of loads don't end with it turning out that there is none.</summary>
    /// <exception cref="OutputException">It could not be made.</exception>
    public void Prepare() => TextFiles.Prepare(htmlPath);

    /// <summary>Writes both; older ones are replaced.</summary>
    /// <param name="report">What was found.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written.</exception>
    public IReadOnlyList<string> Write(BenchReport report) =>
        TextFiles.Write([(htmlPath, () => BenchHtml.Of(report)), (Path.ChangeExtension(htmlPath, ".json"), () => Json.Text(report))]);
}
