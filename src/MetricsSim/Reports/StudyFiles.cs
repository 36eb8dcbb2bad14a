using MetricsSim.Cli;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>The files of a study: <c>X.html</c>, <c>X.json</c> beside it, and the plots if they are wanted.</summary>
/// <param name="htmlPath">Path of the report; ends in <c>.html</c>.</param>
/// <param name="pictures">Directory of the plots, or null for none.</param>
internal sealed class StudyFiles(string htmlPath, string? pictures)
{
    /// <summary>Makes the directories, so that a study need not end before it turns out that there are none.</summary>
    /// <exception cref="OutputException">One could not be made.</exception>
    public void Prepare()
    {
        TextFiles.Prepare(htmlPath);
        if (pictures is not null) OutputException.Guard(() => Directory.CreateDirectory(pictures));
    }

    /// <summary>Writes them; older ones are replaced.</summary>
    /// <param name="study">The study.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written.</exception>
    public IReadOnlyList<string> Write(StudyResult study)
    {
        List<(string Path, Func<string> Text)> files = [(htmlPath, () => StudyReport.Of(study)), (Path.ChangeExtension(htmlPath, ".json"), () => StudyJson.Of(study))];
        if (pictures is not null) files.AddRange(StudyPlots.Of(study).Select(plot => (Path.Combine(pictures, $"study-{plot.Id}.svg"), (Func<string>)plot.File)));
        return TextFiles.Write(files);
    }
}
