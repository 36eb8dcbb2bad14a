namespace MetricsSim.Wire.Tsdb;

/// <summary>The series that have a label.</summary>
/// <param name="Pair">The label, see <see cref="SymbolTable.Pair"/>.</param>
/// <param name="Series">Places in the sorted series, ascending.</param>
internal readonly record struct Posting(long Pair, int[] Series)
{
    /// <summary>All postings, sorted by label.</summary>
    /// <param name="labels">The label sets.</param>
    /// <param name="order">The sets in sorted order.</param>
    public static Posting[] Of(LabelSets labels, int[] order)
    {
        var counts = new Dictionary<long, int>();
        foreach (var set in order)
        {
            foreach (var pair in labels[set])
            {
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }

        var lists = counts.ToDictionary(entry => entry.Key, entry => new int[entry.Value]);
        for (var i = order.Length - 1; i >= 0; i--)
        {
            foreach (var pair in labels[order[i]])
            {
                lists[pair][--counts[pair]] = i;
            }
        }

        return [.. lists.Select(entry => new Posting(entry.Key, entry.Value)).OrderBy(posting => posting.Pair)];
    }
}
