using System.Globalization;
using System.Text.Json.Nodes;
using MetricsSim.Backfill;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>The native histograms of a history, series by series: each sample as time in seconds, count, sum and the upper bounds and counts of its buckets.</summary>
internal sealed class GeneratedHistograms(SeriesLayout layout) : IHistory
{
    private readonly SortedDictionary<string, List<string>> _series = new(StringComparer.Ordinal);

    /// <summary>Labels, and samples in order of time.</summary>
    public IReadOnlyDictionary<string, List<string>> Series => _series;

    public Snapshot Next { get; } = new(layout);

    public void Take()
    {
        if (Next.ExporterDown) return;
        foreach (var (family, column) in layout.Families.Select((family, i) => (family, i)).Where(entry => entry.family.Native is not null))
        {
            for (var series = 0; series < family.SeriesCount; series++)
            {
                if (Next.Hidden[column]?[series / family.Leaves.Count] == true) continue;
                var labels = family.Rows.Labels(series / family.Leaves.Count).Concat(family.Leaves[series % family.Leaves.Count]);
                var cells = Next.Columns[column].AsSpan(series * family.Stride, family.Stride);
                Add(Key(family.Name, labels.Select(label => (label.Name, label.Value))), Sample(family, cells));
            }
        }
    }

    public HistoryTotals Finish() => new(0, _series.Count, 0, 0);

    /// <summary>Plays a history.</summary>
    /// <param name="options">The world, which starts with the span.</param>
    /// <param name="scenario">Played from the start; null for none.</param>
    /// <param name="length">How long it is.</param>
    public static IReadOnlyDictionary<string, List<string>> Of(WorldOptions options, string? scenario, TimeSpan length)
    {
        var world = new World(options);
        if (scenario is not null) Assert.True(world.Apply(new StartSimulation(scenario)).Applied);
        var history = new GeneratedHistograms(world.Layout);
        HistoryPlayer.Play(world, HistorySpan.Of(options.Start, length, TimeSpan.FromMinutes(1)), history, _ => { }, CancellationToken.None);
        return history.Series;
    }

    /// <summary>A regular expression of their names.</summary>
    public static string Names(IReadOnlyDictionary<string, List<string>> series) =>
        string.Join('|', series.Keys.Select(key => key[..key.IndexOf('{', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal));

    /// <summary>The same of an answer of Prometheus' API, without the target's labels.</summary>
    public static SortedDictionary<string, List<string>> Read(JsonNode matrix)
    {
        var read = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var row in matrix.AsArray())
        {
            var labels = row!["metric"]!.AsObject().Where(label => label.Key is not ("__name__" or "job" or "instance"));
            var key = Key(row["metric"]!["__name__"]!.GetValue<string>(), labels.Select(label => (label.Key, label.Value!.GetValue<string>())));
            read.Add(key, [.. row["histograms"]!.AsArray().Select(pair => Sample(pair![0]!.GetValue<double>(), pair[1]!.AsObject()))]);
        }

        return read;
    }

    private static string Key(string name, IEnumerable<(string Name, string Value)> labels) => $"{name}{{{string.Join(',', labels
        .Where(label => label.Value.Length > 0).OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}={label.Value}"))}}}";

    private static string Sample(double time, JsonObject histogram)
    {
        var buckets = histogram["buckets"]?.AsArray() ?? [];
        return Text(time, Number(histogram["count"]!), Number(histogram["sum"]!), buckets.Select(bucket => (Number(bucket![2]!), Number(bucket[3]!))));
    }

    private static double Number(JsonNode node) => double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string Text(double time, double count, double sum, IEnumerable<(double Bound, double Count)> buckets) =>
        $"{time:R} {count:R} {sum:R} {string.Join(' ', buckets.Select(bucket => $"{bucket.Bound:G12}:{bucket.Count:R}"))}";

    private void Add(string key, string sample)
    {
        if (!_series.TryGetValue(key, out var samples)) _series.Add(key, samples = []);
        samples.Add(sample);
    }

    private string Sample(MetricFamily family, ReadOnlySpan<long> cells)
    {
        var counts = family.NativeCells(cells).ToArray();
        var buckets = counts.Select((count, cell) => (Math.Pow(2, (family.Native!.FirstIndex - 1 + cell) / 8.0), (double)count)).Where(bucket => bucket.Item2 > 0);
        return Text(Next.UnixMilliseconds / 1000.0, counts.Sum(), cells[^1] / (double)family.Divisor, buckets);
    }
}
