using System.Text.Encodings.Web;
using System.Text.Json;
using MetricsSim.Cli;

namespace MetricsSim.Reports;

/// <summary>The files of a run, side by side: <c>X.json</c> and what is named after it.</summary>
/// <param name="jsonPath">Path of the JSON file; ends in <c>.json</c>.</param>
internal sealed class ReportFiles(string jsonPath)
{
    /// <summary>How JSON files are written.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the directory, so that a run need not end before it turns out that there is none.</summary>
    /// <exception cref="OutputException">It could not be made.</exception>
    public void Prepare() => TextFiles.Prepare(jsonPath);

    /// <summary>Writes all of them; older ones are replaced.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written.</exception>
    public IReadOnlyList<string> Write(IReadOnlyList<JudgedRun> runs)
    {
        var files = new (string Extension, Func<string> Text)[]
        {
            (".json", () => RunJson.Of(runs, withSeries: true).ToJsonString(Indented) + "\n"),
            (".html", () => HtmlReport.Of(runs)),
            (".xml", () => JunitXml.Of(runs)),
            (".ground-truth.json", () => TruthJson.Of(runs.SelectMany(run => run.Truth)).ToJsonString(Indented) + "\n"),
        };
        var stem = jsonPath[..^".json".Length];
        return TextFiles.Write([.. files.Select(file => (stem + file.Extension, file.Text))]);
    }
}
