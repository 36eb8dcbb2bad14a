using System.Text.Json;
using MetricsSim.Analysis.Learning;
using MetricsSim.Cli;
using MetricsSim.Prometheus;
using MetricsSim.Wire;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Learning;

/// <summary>What of a Prometheus is learned from.</summary>
/// <param name="Matchers">Label matchers, or empty for all series.</param>
/// <param name="From">First time, seconds since the Unix epoch.</param>
/// <param name="To">Last time.</param>
/// <param name="Step">Seconds between two values.</param>
/// <param name="MaxFamilies">How many families there may be.</param>
internal sealed record PrometheusWindow(string Matchers, double From, double To, double Step, int MaxFamilies);

/// <summary>
/// Learns from the data of a Prometheus: of each family all series as they are at the end of the window, and the values of some over all of it.
/// </summary>
/// <param name="client">The Prometheus.</param>
/// <param name="window">What is learned from.</param>
internal sealed class PrometheusLearning(PrometheusClient client, PrometheusWindow window)
{
    private readonly KeptText _kept = new();

    /// <summary>Learns.</summary>
    /// <param name="request">The Prometheus.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="tell">Told in a few words how far it is.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What was learned.</returns>
    /// <exception cref="PrometheusException">It can't be asked.</exception>
    /// <exception cref="LearnException">There are too many families.</exception>
    public static async Task<LearnedConfig> LearnAsync(PrometheusRequest request, TimeProvider clock, Action<string> tell, CancellationToken stop)
    {
        using var client = new PrometheusClient(request.Address);
        var to = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var window = new PrometheusWindow(request.Matchers, to - request.Duration.TotalSeconds, to, request.Step.TotalSeconds, request.MaxFamilies);
        var families = await new PrometheusLearning(client, window).ReadAsync((done, all) => tell($"{done:N0} of {all:N0} metric families"), stop);
        var learner = new GroupLearner(new CounterAge(families, to, null));
        return learner.Of(client.Address, families);
    }

    /// <summary>Reads all families.</summary>
    /// <param name="progress">Told the number of families done, and of all.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The families that have a value at the window's end.</returns>
    /// <exception cref="PrometheusException">It can't be asked.</exception>
    /// <exception cref="LearnException">There are too many families.</exception>
    public async Task<IReadOnlyList<FamilyProfile>> ReadAsync(Action<int, int> progress, CancellationToken stop)
    {
        var profiles = new List<FamilyProfile>();
        var families = await FamiliesAsync(stop);
        for (var i = 0; i < families.Count; i++)
        {
            if (await ReadAsync(families[i], stop) is { } profile) profiles.Add(profile);
            progress(i + 1, families.Count);
        }

        return profiles;
    }

    private async Task<IReadOnlyList<PrometheusFamily>> FamiliesAsync(CancellationToken stop)
    {
        var names = await client.GetAsync(
            "api/v1/label/__name__/values", [new("match[]", Selector("__name__=~\".+\"")), new("start", PrometheusClient.Seconds(window.From)), new("end", PrometheusClient.Seconds(window.To))], stop);
        // What answers there may be anything.
        var list = names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToList() : [];
        var metadata = await client.GetAsync("api/v1/metadata", [], stop);
        var families = PrometheusFamilies.Of(list, metadata);
        if (families.Count <= window.MaxFamilies) return families;
        throw new LearnException(ExitCodes.BadInput, $"{client.Address} has {families.Count:N0} metric families, more than {window.MaxFamilies:N0}; --max-families allows more, --match chooses");
    }

    private async Task<FamilyProfile?> ReadAsync(PrometheusFamily family, CancellationToken stop)
    {
        var present = new List<PrometheusSeries>();
        foreach (var name in family.Series)
        {
            if (await client.QueryAsync(Selector($"__name__={PageText.Text(name)}"), window.To, stop) is PrometheusVector vector) present.AddRange(vector.Elements.Where(one => one.Labels.ContainsKey("__name__")));
        }

        if (present.Count == 0) return await ReadNativeAsync(family, stop);
        var profile = await ProfileAsync(family, present, stop);
        if (profile is null) return null;
        var followed = Sample([.. present.Where(one => IsFollowed(family, one.Labels["__name__"]))]);
        if (followed.Count > 0) profile.Seen = await TrajectoriesAsync(followed.Select(one => PageText.Selector(one.Labels)), stop);
        return profile;
    }

    /// <summary>Native histograms are no numbers: functions tell their counts and sums.</summary>
    private async Task<FamilyProfile?> ReadNativeAsync(PrometheusFamily family, CancellationToken stop)
    {
        try
        {
            var counts = await PartAsync("count");
            if (counts.Count == 0) return null;
            var profile = await ProfileAsync(family with { Type = "histogram" }, [.. counts, .. await PartAsync("sum")], stop);
            var followed = Sample(counts).Select(one => $"histogram_count({PageText.Selector(Named(one, family.Name).Labels)})");
            if (profile is not null) profile.Seen = await TrajectoriesAsync(followed, stop);
            return profile;
        }
        catch (PrometheusException e) when (e.Failure == PrometheusFailure.Query)
        {
            // Not everything that speaks PromQL knows them.
            return null;
        }

        async Task<List<PrometheusSeries>> PartAsync(string part)
        {
            var answer = await client.QueryAsync($"histogram_{part}({Selector($"__name__={PageText.Text(family.Name)}")})", window.To, stop);
            return answer is PrometheusVector vector ? [.. vector.Elements.Select(one => Named(one, $"{family.Name}_{part}"))] : [];
        }
    }

    private static PrometheusSeries Named(PrometheusSeries series, string name) =>
        series with { Labels = new Dictionary<string, string>(series.Labels) { ["__name__"] = name } };

    private async Task<FamilyProfile?> ProfileAsync(PrometheusFamily family, List<PrometheusSeries> present, CancellationToken stop)
    {
        var profiler = new PageProfiler(_kept);
        profiler.BeginRead(window.To);
        using var page = new MemoryStream(PageText.Of(family.Name, family.Type, family.Help, present));
        await new PageReader(profiler, new PageLimits { Bytes = long.MaxValue, LineBytes = 1 << 26 }, ExpositionFormat.Text004).ReadAsync(page, null, stop);
        if (profiler.Families is not [var profile, ..]) return null;
        profile.Unit = family.Unit;
        return profile;
    }

    private async Task<IReadOnlyList<Trajectory>> TrajectoriesAsync(IEnumerable<string> expressions, CancellationToken stop)
    {
        var seen = await client.QueryRangeAsync(string.Join(" or ", expressions), window.From, window.To, window.Step, stop);
        return
        [
            .. seen.Select(one => one.Samples.Where(sample => double.IsFinite(sample.Value)).ToArray()).Where(samples => samples.Length > 0)
                .Select(samples => new Trajectory([.. samples.Select(sample => sample.Time)], [.. samples.Select(sample => sample.Value)])),
        ];
    }

    private static bool IsFollowed(PrometheusFamily family, string name) =>
        family.Type is not ("histogram" or "summary") || name == family.Name + "_count";

    /// <summary>Some of the series, evenly over all of them.</summary>
    private static List<PrometheusSeries> Sample(List<PrometheusSeries> series) => series.Count <= FamilyProfile.MostSeries
        ? series
        : [.. Enumerable.Range(0, FamilyProfile.MostSeries).Select(i => series[(int)((long)i * series.Count / FamilyProfile.MostSeries)])];

    private string Selector(string matcher) => window.Matchers.Length == 0 ? $"{{{matcher}}}" : $"{{{matcher},{window.Matchers}}}";
}
