namespace MetricsSim.Hosting.Journal;

/// <summary>Where a daemon keeps its journal.</summary>
/// <param name="Path">The file; its checkpoints, its lock and the journals before it are beside it.</param>
/// <param name="Resume">Whether to go on with the run that is in it, rather than to put it aside.</param>
internal sealed record JournalOptions(string Path, bool Resume)
{
    /// <summary>The file unless told otherwise, in the working directory.</summary>
    public const string DefaultPath = "./.metricssim/journal";
}
