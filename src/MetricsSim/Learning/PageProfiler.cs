using MetricsSim.Wire.Reading;

namespace MetricsSim.Learning;

/// <summary>Takes down what one page is like, or the same page read several times.</summary>
/// <param name="kept">Takes note of what is kept.</param>
internal sealed class PageProfiler(KeptText kept) : IPageVisitor
{
    // What a family takes before it has a label, in places of characters.
    private const int CharactersOfFamily = 400;

    private readonly Dictionary<(string Name, PageType Type), FamilyProfile> _families = [];
    private readonly List<FamilyProfile> _ordered = [];
    private readonly List<FamilyProfile?> _ofPage = [];
    private double _time;

    /// <summary>The families that have samples, in the page's order.</summary>
    public IReadOnlyList<FamilyProfile> Families => _ordered;

    /// <summary>Begins to read the page, maybe once more.</summary>
    /// <param name="time">When: seconds since the Unix epoch.</param>
    public void BeginRead(double time)
    {
        _time = time;
        _ofPage.Clear();
        foreach (var family in _ordered) family.BeginRead();
    }

    /// <inheritdoc />
    public void OnSample(PageFamily family, SampleRole role, in SampleView sample)
    {
        while (_ofPage.Count <= family.Index) _ofPage.Add(null);
        (_ofPage[family.Index] ??= ProfileOf(family)).Add(role, sample, _time);
    }

    private FamilyProfile ProfileOf(PageFamily family)
    {
        if (_families.TryGetValue((family.Name, family.Type), out var known)) return known;
        var profile = new FamilyProfile(family.Name, kept) { Type = family.Type, Help = family.Help, Unit = family.Unit };
        kept.Charge(CharactersOfFamily + family.Name.Length + family.Help.Length + family.Unit.Length);
        _families.Add((family.Name, family.Type), profile);
        _ordered.Add(profile);
        return profile;
    }
}
