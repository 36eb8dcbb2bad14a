using System.Text;
using MetricsSim.Analysis.Truth;
using MetricsSim.Reports;

namespace MetricsSim.Hosting.Runs;

/// <summary>The ground truth as a file, replaced whole: a reader never sees a part of it.</summary>
/// <param name="path">Where it is; its directory is made.</param>
/// <param name="log">Told once when it can't be written, and once when it can again.</param>
internal sealed class TruthFile(string path, ILogger log)
{
    // A name of its own for each process: two that are given the same path replace each other's file, but never mix them.
    private readonly string _draft = $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Writes it.</summary>
    /// <param name="truth">The incidents.</param>
    public void Write(IEnumerable<Incident> truth)
    {
        try
        {
            Replace(TruthJson.Of(truth).ToJsonString(ReportFiles.Indented) + "\n");
            if (IsStale) Log.TruthWrittenAgain(log, path);
            IsStale = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!IsStale) Log.TruthNotWritten(log, path, e.Message);
            IsStale = true;
        }
    }

    private void Replace(string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        using (var draft = new FileStream(_draft, FileMode.Create, FileAccess.Write))
        {
            draft.Write(Encoding.UTF8.GetBytes(text));
            draft.Flush(flushToDisk: true);
        }

        File.Move(_draft, path, overwrite: true);
    }
}
