using System.Security.Cryptography;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests;

/// <summary>Reads a snapshot by names and labels instead of by cells.</summary>
internal sealed class SnapshotView(Snapshot snapshot)
{
    public Snapshot Snapshot { get; } = snapshot;

    public static SnapshotView Of(World world)
    {
        var snapshot = new Snapshot(world.Layout);
        world.CopyTo(snapshot);
        return new(snapshot);
    }

    public MetricFamily Family(string name) => Snapshot.Layout.Families[Index(name)];

    /// <summary>The series of a family that are on the page: all labels, and its cells.</summary>
    public IEnumerable<(Dictionary<string, string> Labels, long[] Cells)> Series(string name)
    {
        var index = Index(name);
        var family = Snapshot.Layout.Families[index];
        foreach (var (row, rowLabels) in Snapshot.RowsOf(index))
        {
            for (var leaf = 0; leaf < family.Leaves.Count; leaf++)
            {
                var cell = ((row * family.Leaves.Count) + leaf) * family.Stride;
                yield return (
                    rowLabels.Concat(family.Leaves[leaf]).ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal),
                    Snapshot.Columns[index][cell..(cell + family.Stride)]);
            }
        }
    }

    /// <summary>Sum of the cells of the series that have these labels: raw integers, as in the columns.</summary>
    public long Sum(string name, params (string Label, string Value)[] labels) => Matching(name, labels).Sum(cells => cells[0]);

    /// <summary>Observations of the histograms that have these labels.</summary>
    public long Count(string name, params (string Label, string Value)[] labels) => Matching(name, labels).Sum(cells => cells[..^1].Sum());

    /// <summary>Sum of the observations, raw.</summary>
    public long SumOfObservations(string name, params (string Label, string Value)[] labels) => Matching(name, labels).Sum(cells => cells[^1]);

    /// <summary>The value of a series whose cell is a double.</summary>
    public double Gauge(string name, params (string Label, string Value)[] labels) =>
        BitConverter.Int64BitsToDouble(Matching(name, labels).Single()[0]);

    /// <summary>Cells of one family's rows, by the row's labels.</summary>
    public Dictionary<string, long[]> Rows(string name)
    {
        var index = Index(name);
        var family = Snapshot.Layout.Families[index];
        var width = family.Leaves.Count * family.Stride;
        return Snapshot.RowsOf(index).ToDictionary(
            row => string.Join(',', row.Labels.Select(label => $"{label.Name}={label.Value}")),
            row => Snapshot.Columns[index][(row.Row * width)..((row.Row + 1) * width)],
            StringComparer.Ordinal);
    }

    /// <summary>SHA-256 over all cells, little-endian, in page order.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var cell in Snapshot.Columns.SelectMany(column => column)) hash.AppendData(BitConverter.GetBytes(cell));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private IEnumerable<long[]> Matching(string name, (string Label, string Value)[] labels) =>
        Series(name).Where(series => labels.All(label => series.Labels[label.Label] == label.Value)).Select(series => series.Cells);

    private int Index(string name)
    {
        for (var i = 0; i < Snapshot.Layout.Families.Count; i++)
        {
            if (Snapshot.Layout.Families[i].Name == name) return i;
        }

        throw new ArgumentException($"no family {name}; there are: {string.Join(' ', Snapshot.Layout.Families.Select(family => family.Name))}", nameof(name));
    }
}
