using MetricsSim.Core.Series;

namespace MetricsSim.Backfill;

/// <summary>Where history goes.</summary>
internal interface IHistory
{
    /// <summary>The snapshot that the next samples are put into.</summary>
    Snapshot Next { get; }

    /// <summary>Takes the samples that were put into <see cref="Next"/>.</summary>
    void Take();

    /// <summary>Stores whatever was taken and not stored.</summary>
    /// <returns>What the history came to.</returns>
    HistoryTotals Finish();
}

/// <summary>What a history came to.</summary>
/// <param name="Blocks">Blocks written; null where there are none.</param>
/// <param name="Series">Series that have a sample.</param>
/// <param name="Samples">Samples of all series.</param>
/// <param name="Bytes">Bytes written.</param>
internal sealed record HistoryTotals(int? Blocks, long Series, long Samples, long Bytes);
