using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>The rows of a group: a series' labels, shared by all its metrics. A shard has every Nth of them. Nothing is kept for one.</summary>
/// <param name="options">Options of the group.</param>
/// <param name="shard">Whose series they are.</param>
internal sealed class GroupRows(SeriesGroupOptions options, Shard shard) : LabelRows
{
    private const int Endings = 36 * 36 * 36 * 36 * 36;

    // Has no factor in common with the number of endings, so that none comes again before all others did.
    private const ulong Stride = 25_214_903;

    private readonly string? _changing = options.Lifecycle switch
    {
        ChurningLifecycle churning => churning.Label,
        SpikingLifecycle spiking => spiking.Label,
        _ => null,
    };

    /// <inheritdoc />
    public override int Count { get; } = OwnedOf(options.Labels.Count, shard);

    /// <summary>How many of some rows are a shard's own.</summary>
    /// <param name="rows">The rows of all shards.</param>
    /// <param name="shard">The shard.</param>
    public static int OwnedOf(long rows, Shard shard) => (int)Math.Max(0, (rows - shard.Index + shard.Count) / shard.Count);

    /// <summary>Rows that a spike adds, of all shards.</summary>
    /// <param name="options">Options of the group.</param>
    public static long Additional(SeriesGroupOptions options) =>
        options.Lifecycle is SpikingLifecycle spiking ? Math.Max(1, (long)Math.Round(options.Labels.Count * (spiking.Factor - 1))) : 0;

    /// <summary>The number among all rows of one of the shard's own.</summary>
    /// <param name="row">A row of the axis.</param>
    public int NumberOf(int row) => (row * shard.Count) + shard.Index - 1;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return options.Labels.Of(NumberOf(row));
    }

    /// <summary>The labels of one of those who took a row's place: a label has another ending.</summary>
    /// <param name="number">Number of the row among those of all shards.</param>
    /// <param name="generation">How many were there before; 0 has the row's own labels.</param>
    public IReadOnlyList<Label> Labels(int number, long generation)
    {
        var labels = options.Labels.Of(number);
        if (generation == 0) return labels;
        var changing = _changing is null ? labels.Length - 1 : Array.FindIndex(labels, label => label.Name == _changing);
        labels[changing] = labels[changing] with { Value = $"{labels[changing].Value}-{Ending(labels[changing].Value, generation)}" };
        return labels;
    }

    private static string Ending(string value, long generation)
    {
        var number = ((KeyedRandom.KeyOf(value) % Endings) + ((ulong)generation % Endings * Stride)) % Endings;
        return string.Create(5, number, static (text, left) =>
        {
            for (var i = 0; i < text.Length; i++, left /= 36) text[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(left % 36)];
        });
    }
}

/// <summary>A row of a group whose series come and go.</summary>
/// <param name="rows">The rows.</param>
/// <param name="number">Its number among those of all shards.</param>
/// <param name="generation">How many had its place before.</param>
internal sealed class GroupRow(GroupRows rows, int number, long generation) : LiveRow
{
    /// <summary>How many had its place before.</summary>
    public long Generation => generation;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels => rows.Labels(number, generation);
}
