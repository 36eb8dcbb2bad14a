namespace MetricsSim.Core.Series;

/// <summary>One row of a <see cref="LiveRows"/> axis: who it is, immutable, so that a slow reader of an old snapshot still sees its own labels.</summary>
public abstract class LiveRow
{
    /// <summary>Labels in the order they are written. May be made at each call: encoders ask once and keep the bytes.</summary>
    public abstract IReadOnlyList<Label> Labels { get; }

    /// <summary>What encoders keep of the row, so that it is encoded once however often it is written; theirs alone, and it dies with the row.</summary>
    public object? Encoded { get; set; }
}
