namespace MetricsSim.Analysis.Learning;

/// <summary>
/// Counts distinct things by their hashes: exactly as long as they are few, then from the k smallest hashes, to about 1/√k (Bar-Yossef et
/// al., Counting distinct elements in a data stream, 2002).
/// </summary>
/// <param name="kept">k, the number of hashes kept, at least 2.</param>
public sealed class DistinctCounter(int kept)
{
    private readonly HashSet<ulong> _hashes = [];
    private readonly PriorityQueue<ulong, ulong> _largest = new(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));
    private bool _full;

    /// <summary>Whether <see cref="Count"/> is exact.</summary>
    public bool IsExact => !_full;

    /// <summary>How many distinct hashes there were.</summary>
    public long Count => _full ? (long)Math.Round((kept - 1) / ((_largest.Peek() + 1.0) / ulong.MaxValue)) : _hashes.Count;

    /// <summary>Counts a hash.</summary>
    /// <param name="hash">Spread evenly over all its values.</param>
    /// <returns>Whether it is new for sure.</returns>
    public bool Add(ulong hash)
    {
        if (_hashes.Count == kept)
        {
            if (hash >= _largest.Peek() || !_hashes.Add(hash))
            {
                _full |= hash > _largest.Peek();
                return false;
            }

            _full = true;
            _hashes.Remove(_largest.EnqueueDequeue(hash, hash));
            return false;
        }

        if (!_hashes.Add(hash)) return false;
        _largest.Enqueue(hash, hash);
        return true;
    }
}
