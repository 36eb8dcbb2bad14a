using System.Text;
using MetricsSim.Analysis.Learning;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Learning;

/// <summary>What is kept of a metric family: of its label sets and series a bounded number, of all others only that they are there.</summary>
/// <param name="name">Name as it is declared.</param>
/// <param name="kept">Takes note of what is kept.</param>
internal sealed class FamilyProfile(string name, KeptText kept)
{
    /// <summary>How many label sets are kept at most.</summary>
    public const int MostSets = 200;

    /// <summary>How many series are followed at most: those of the smallest hashes, which is a sample as good as any, and the same each time.</summary>
    public const int MostSeries = 64;

    // More are no family, but names made up of values; looking for one among them takes long.
    private const int MostLabels = 1000;

    // What they take in memory, in places of characters.
    private const int CharactersOfBucket = 32;
    private const int CharactersOfQuantile = 320;

    private readonly List<LabelProfile> _labels = [];
    private readonly Dictionary<ulong, KeyValuePair<string, string>[]> _sets = [];
    private readonly SortedDictionary<ulong, SeenSeries> _series = [];
    private readonly SortedDictionary<double, double> _buckets = [];
    private readonly SortedDictionary<double, List<double>> _quantiles = [];
    private readonly long[] _samples = new long[Enum.GetValues<SampleRole>().Length];
    private long _most;
    private int _keptOfSets;
    private ulong _largest;

    /// <summary>Name as it is declared.</summary>
    public string Name { get; } = name;

    /// <summary>Type as it is declared.</summary>
    public PageType Type { get; set; }

    /// <summary>What it is about.</summary>
    public string Help { get; set; } = "";

    /// <summary>Its unit, or empty.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Labels but for <c>le</c> and <c>quantile</c>, in the order they came.</summary>
    public IReadOnlyList<LabelProfile> Labels => _labels;

    /// <summary>The label sets if there are few, else null.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>[]>? Sets => HasManySets ? null : _sets.Values;

    /// <summary>How many series it has.</summary>
    public long Series => HasManySets ? Math.Max(_most, MostSets + 1) : _sets.Count;

    /// <summary>The series followed: values, or counts of observations; those of the samples, unless others are given.</summary>
    public IReadOnlyList<Trajectory> Seen
    {
        get => field ?? [.. _series.Values.Select(seen => seen.Trajectory).Where(seen => seen.Times.Length > 0)];
        set;
    }

    /// <summary>Counts up to each upper bound, of all series together.</summary>
    public IReadOnlyDictionary<double, double> Buckets => _buckets;

    /// <summary>The values of each quantile.</summary>
    public IReadOnlyDictionary<double, List<double>> Quantiles => _quantiles;

    /// <summary>Observations of all series.</summary>
    public double Count { get; private set; }

    /// <summary>Sum of the observations of all series.</summary>
    public double Sum { get; private set; }

    /// <summary>Whether its samples' names end in <c>_total</c>.</summary>
    public bool HasTotal { get; private set; }

    private bool HasManySets { get; set; }

    /// <summary>Begins to read it once more: what is of one moment is forgotten.</summary>
    public void BeginRead()
    {
        Array.Clear(_samples);
        kept.Release((_buckets.Count * CharactersOfBucket) + (_quantiles.Count * CharactersOfQuantile));
        _buckets.Clear();
        _quantiles.Clear();
        (Count, Sum) = (0, 0);
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="time">When: seconds since the Unix epoch.</param>
    public void Add(SampleRole role, in SampleView sample, double time)
    {
        if (role == SampleRole.Created) return;
        HasTotal |= sample.Name.EndsWith("_total"u8);
        var own = Type switch { PageType.Histogram or PageType.GaugeHistogram => "le"u8, PageType.Summary => "quantile"u8, _ => default };
        var hash = AddLabels(sample, own);
        if (role == SampleRole.Bucket) AddBucket(sample);
        if (role == SampleRole.Quantile) AddQuantile(sample);
        if (role == SampleRole.Count) Count += Finite(sample.Value);
        if (role == SampleRole.Sum) Sum += Finite(sample.Value);
        if (role is SampleRole.Bucket or SampleRole.Quantile) return;
        _most = Math.Max(_most, ++_samples[(int)role]);
        if (role is SampleRole.Value or SampleRole.Count && double.IsFinite(sample.Value)) Follow(hash)?.Add(time, sample.Value);
    }

    private ulong AddLabels(in SampleView sample, ReadOnlySpan<byte> own)
    {
        ulong sum = 0;
        for (var i = 0; i < sample.LabelCount; i++)
        {
            var label = sample.LabelName(i);
            // An empty label is none.
            if (label.SequenceEqual(own) || sample.LabelValue(i).IsEmpty) continue;
            var hash = LabelHash.Of(label, sample.LabelValue(i));
            LabelOf(label, i).Add(hash, sample.LabelValue(i));
            sum += hash;
        }

        var key = LabelHash.Mix(sum);
        if (!HasManySets && !_sets.ContainsKey(key)) AddSet(key, sample, own);
        return key;
    }

    private LabelProfile LabelOf(ReadOnlySpan<byte> utf8, int place)
    {
        // Samples of a family mostly have the same labels in the same order.
        if (place < _labels.Count && utf8.SequenceEqual(_labels[place].Utf8Name)) return _labels[place];
        foreach (var label in _labels)
        {
            if (utf8.SequenceEqual(label.Utf8Name)) return label;
        }

        if (_labels.Count == MostLabels) throw new LearnException(ExitCodes.BadInput, $"the metric {PlainName.OfGroup(Name)} has labels by more than {MostLabels:N0} names: nothing to learn");
        var added = new LabelProfile(Encoding.UTF8.GetString(utf8), kept);
        kept.Charge(LabelProfile.Footprint(added.Name));
        _labels.Add(added);
        return added;
    }

    private void AddSet(ulong key, in SampleView sample, ReadOnlySpan<byte> own)
    {
        if (_sets.Count == MostSets)
        {
            HasManySets = true;
            _sets.Clear();
            kept.Release(_keptOfSets);
            return;
        }

        var set = new List<KeyValuePair<string, string>>(sample.LabelCount);
        for (var i = 0; i < sample.LabelCount; i++)
        {
            if (sample.LabelName(i).SequenceEqual(own) || sample.LabelValue(i).IsEmpty) continue;
            set.Add(new(LabelOf(sample.LabelName(i), i).Name, LabelText.Of(sample.LabelValue(i))));
        }

        var size = KeptText.Overhead + set.Sum(label => KeptText.Overhead + label.Value.Length);
        kept.Charge(size);
        _keptOfSets += size;
        _sets.Add(key, [.. set]);
    }

    private void AddBucket(in SampleView sample)
    {
        var le = Number(sample, "le"u8);
        if (!_buckets.TryGetValue(le, out var count)) kept.Charge(CharactersOfBucket);
        _buckets[le] = count + Finite(sample.Value);
        if (double.IsPositiveInfinity(le)) _most = Math.Max(_most, ++_samples[(int)SampleRole.Bucket]);
    }

    private void AddQuantile(in SampleView sample)
    {
        var quantile = Number(sample, "quantile"u8);
        if (quantile is not (>= 0 and <= 1)) return;
        if (!_quantiles.TryGetValue(quantile, out var values))
        {
            kept.Charge(CharactersOfQuantile);
            _quantiles.Add(quantile, values = []);
        }

        if (values.Count < MostSeries) values.Add(sample.Value);
    }

    private SeenSeries? Follow(ulong hash)
    {
        if (_series.TryGetValue(hash, out var seen)) return seen;
        if (_series.Count == MostSeries)
        {
            if (hash > _largest) return null;
            _series.Remove(_largest);
        }

        _series.Add(hash, seen = new SeenSeries());
        _largest = _series.Keys.Last();
        return seen;
    }

    private static double Number(in SampleView sample, ReadOnlySpan<byte> label)
    {
        var at = sample.IndexOf(label);
        return at >= 0 && PageNumbers.TryRead(sample.LabelValue(at), out var number) ? number : double.NaN;
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private sealed class SeenSeries
    {
        private readonly List<double> _times = [];
        private readonly List<double> _values = [];

        public Trajectory Trajectory => new([.. _times], [.. _values]);

        public void Add(double time, double value)
        {
            // The same series twice on a page, or a clock that stands still, tells nothing new.
            if (_times.Count > 0 && time <= _times[^1]) return;
            _times.Add(time);
            _values.Add(value);
        }
    }
}
