using System.Text;

namespace MetricsSim.Wire.Reading;

/// <summary>
/// The families of a page, and which of them a sample belongs to: the one of its own name, else the one whose type has the suffix that the
/// sample's name ends in, else a new one of no type. So do both formats, but that text 0.0.4 declares a counter with its suffix.
/// </summary>
/// <param name="limits">How many families there may be, and how much may be said of them.</param>
internal sealed class FamilyTable(PageLimits limits)
{
    private readonly Dictionary<string, PageFamily> _families = new(new Utf8Names());
    private byte[] _lastName = [];
    private PageFamily? _last;
    private SampleRole _lastRole;
    private long _metadata;

    /// <summary>How many families there are.</summary>
    public int Count { get; private set; }

    /// <summary>The family that metadata speaks of.</summary>
    /// <exception cref="PageLimitException">There are too many.</exception>
    public PageFamily Declared(ReadOnlySpan<byte> name)
    {
        _last = null;
        return Find(name) ?? Add(name);
    }

    /// <summary>Another family of a name, which from now on is meant by it.</summary>
    /// <exception cref="PageLimitException">There are too many.</exception>
    public PageFamily Again(PageFamily family)
    {
        var again = New(family.Name);
        _families[family.Name] = again;
        return again;
    }

    /// <summary>The family of a sample.</summary>
    /// <exception cref="PageLimitException">There are too many.</exception>
    public (PageFamily Family, SampleRole Role) Of(in SampleView sample)
    {
        // Most samples have the name of the one before.
        if (_last is { } last && sample.Name.SequenceEqual(_lastName)) return (last, _lastRole);
        var (family, role) = Resolve(sample.Name);
        _lastName = sample.Name.Length == _lastName.Length ? _lastName : new byte[sample.Name.Length];
        sample.Name.CopyTo(_lastName);
        (_last, _lastRole) = (family, role);
        return (family, role);
    }

    private (PageFamily Family, SampleRole Role) Resolve(ReadOnlySpan<byte> name)
    {
        if (Find(name) is { } own) return (own, own.Type == PageType.Summary ? SampleRole.Quantile : SampleRole.Value);
        var at = name.LastIndexOf((byte)'_');
        if (at > 0 && Find(name[..at]) is { } family && RoleOf(family.Type, name[at..]) is { } role) return (family, role);
        return (Add(name), SampleRole.Value);
    }

    private static SampleRole? RoleOf(PageType type, ReadOnlySpan<byte> suffix) => type switch
    {
        PageType.Counter when suffix.SequenceEqual("_total"u8) => SampleRole.Value,
        PageType.Info when suffix.SequenceEqual("_info"u8) => SampleRole.Value,
        PageType.Counter or PageType.Summary or PageType.Histogram when suffix.SequenceEqual("_created"u8) => SampleRole.Created,
        PageType.Histogram or PageType.GaugeHistogram when suffix.SequenceEqual("_bucket"u8) => SampleRole.Bucket,
        PageType.Histogram or PageType.Summary when suffix.SequenceEqual("_sum"u8) => SampleRole.Sum,
        PageType.Histogram or PageType.Summary when suffix.SequenceEqual("_count"u8) => SampleRole.Count,
        PageType.GaugeHistogram when suffix.SequenceEqual("_gsum"u8) => SampleRole.Sum,
        PageType.GaugeHistogram when suffix.SequenceEqual("_gcount"u8) => SampleRole.Count,
        _ => null,
    };

    private PageFamily? Find(ReadOnlySpan<byte> name) =>
        _families.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var family) ? family : null;

    private PageFamily Add(ReadOnlySpan<byte> name)
    {
        var family = New(Encoding.UTF8.GetString(name));
        _families.Add(family.Name, family);
        return family;
    }

    /// <summary>Takes note of what is kept of a family's metadata.</summary>
    /// <exception cref="PageLimitException">It is too much.</exception>
    public void Keep(int bytes)
    {
        _metadata += bytes;
        if (_metadata > limits.MetadataBytes) throw new PageLimitException(PageLimit.MetadataBytes, $"names, help and units of the metric families have more than {limits.MetadataBytes:N0} bytes");
    }

    private PageFamily New(string name)
    {
        if (Count == limits.Families) throw new PageLimitException(PageLimit.Families, $"more than {limits.Families:N0} metric families");
        Keep(name.Length);
        return new PageFamily(name, Count++);
    }
}
