using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>
/// Turns snapshots into requests of remote write: the same series and values that Prometheus stores after a scrape of the same snapshot,
/// native histograms and exemplars that are new included, and markers of staleness where series have ended since the push before. Labels are
/// encoded once. Not thread-safe.
/// </summary>
public sealed class RemoteWriteEncoder
{
    private readonly SampleOutput _output;
    private readonly PushedFamily[] _families;
    private readonly RemoteWriteVersion _version;

    /// <summary>Prepares the labels.</summary>
    /// <param name="layout">Families of the snapshots.</param>
    /// <param name="labels">Labels of the target, which a scrape would add; see <see cref="TargetLabels"/>.</param>
    /// <param name="shards">Number of shards, at least 1. A series is always in the same one.</param>
    /// <param name="mostSamples">Most samples of one request, native histograms included, at least 1.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <param name="version">The version of the protocol.</param>
    /// <param name="late">Which samples come in requests of their own, to be sent late; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public RemoteWriteEncoder(
        SeriesLayout layout,
        IReadOnlyList<Label> labels,
        int shards = 1,
        int mostSamples = 2000,
        bool created = false,
        RemoteWriteVersion version = RemoteWriteVersion.V1,
        LateSamples? late = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSamples, 1);
        Layout = layout;
        _version = version;
        _output = new SampleOutput(shards, mostSamples, version, late);
        // Names in UTF-8 are known to 2.0; 1.0 has those of a page for a scraper that doesn't ask for them.
        var symbols = new SymbolPool(version == RemoteWriteVersion.V1 ? NameEscaping.Underscores : NameEscaping.AllowUtf8);
        var axes = new Dictionary<LabelRows, Symbol[][]>(ReferenceEqualityComparer.Instance);
        var families = TargetLabels.AddTo(layout, labels).Families;
        foreach (var axis in families.Select(family => family.Rows).Distinct())
        {
            axes.Add(axis, [.. Enumerable.Range(0, axis.Count).Select(row => symbols.Take(axis.Labels(row)))]);
        }

        _families = [.. families.Select((family, i) => new PushedFamily(new FamilyLines(family, i, created), axes[family.Rows], symbols))];
    }

    /// <summary>The layout of the snapshots it takes.</summary>
    public SeriesLayout Layout { get; }

    /// <summary>Encodes one sample of every series that is there, and markers for those that were there at the last push and are no more.</summary>
    /// <param name="snapshot">The values; of a target whose exporter is down nothing is there.</param>
    /// <param name="time">Time of the samples, ms since the Unix epoch, at least 0.</param>
    /// <param name="sink">Takes each request, those of a shard in order.</param>
    /// <exception cref="ArgumentException">The snapshot has another layout.</exception>
    public void Write(Snapshot snapshot, long time, Action<WriteRequest> sink)
    {
        if (!ReferenceEquals(snapshot.Layout, Layout))
        {
            throw new ArgumentException("A snapshot is written by the encoder of its layout.", nameof(snapshot));
        }

        _output.Clock.Begin(snapshot.UnixMilliseconds, snapshot.CreatedUnixMilliseconds, time);
        _output.Begin(snapshot.Tick, time, sink);
        foreach (var family in _families)
        {
            family.Write(snapshot, _output);
        }

        _output.End();
    }

    /// <summary>Encodes markers for all series that were there at the last push.</summary>
    /// <param name="time">Time of the markers, ms since the Unix epoch, at least 0.</param>
    /// <param name="sink">Takes each request.</param>
    public void WriteEnd(long time, Action<WriteRequest> sink)
    {
        _output.Begin(0, time, sink);
        foreach (var family in _families)
        {
            family.End(_output);
        }

        _output.End();
    }

    /// <summary>Encodes type, unit and help of all families as one request without samples; in version 2.0 every series has them already.</summary>
    /// <param name="sink">Takes the request.</param>
    public void WriteMetadata(Action<WriteRequest> sink)
    {
        if (_version == RemoteWriteVersion.V1)
        {
            _output.HandOver(MetadataMessage.Of(Layout), sink);
        }
    }
}
