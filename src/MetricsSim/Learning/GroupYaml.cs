using System.Globalization;
using MetricsSim.Analysis.Learning;
using MetricsSim.Configuration;
using MetricsSim.Core.Groups;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MetricsSim.Learning;

/// <summary>Writes groups as a configuration, with comments that say where each is from.</summary>
/// <param name="output">Takes the text.</param>
internal sealed class GroupYaml(TextWriter output)
{
    // Lists of values longer than this stand one value a line.
    private const int MostInLine = 12;

    private readonly Emitter _emitter = new(output, new EmitterSettings().WithBestWidth(int.MaxValue));

    /// <summary>Writes a configuration of groups.</summary>
    /// <param name="comments">Lines above it.</param>
    /// <param name="groups">The groups.</param>
    public void Write(IEnumerable<string> comments, IEnumerable<LearnedGroup> groups)
    {
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        foreach (var comment in comments) Comment(comment);
        Map(() => Entry("series_groups", () => Map(() =>
        {
            foreach (var group in groups) Entry(group.Id, () => Map(() => Group(group)));
        })));
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    private void Group(LearnedGroup group)
    {
        foreach (var note in group.Notes) Comment(note);
        if (group.Name != group.Id) Entry("name", () => Plain(group.Name));
        if (group.Help.Length > 0) Entry("help", () => Text(group.Help));
        if (group.Unit is not null) Entry("unit", () => Text(group.Unit));
        Entry("type", () => Plain(TypeName(group.Type)));
        Labels(group.Labels);
        Entry("values", () => Map(() => Process(group.Law.Process, group.Type == GroupType.Gauge), flow: true));
        if (group.Observations is { } observations)
        {
            Entry("observations", () => Map(() =>
            {
                Entry("median", () => Rounded(observations.Median));
                Entry("sigma", () => Rounded(observations.Sigma));
            }, flow: true));
        }

        if (group.Type == GroupType.Histogram) Entry("buckets", () => List(group.Buckets, Exact, flow: true));
        if (group.Type == GroupType.Summary) Entry("quantiles", () => List(group.Quantiles, Exact, flow: true));
        Entry("interval", () => Plain(DurationText.Format(group.Law.Interval)));
        if (group.Law.Whole && group.Type is GroupType.Gauge or GroupType.Counter) Entry("decimals", () => Plain("0"));
        if (group.Law.Daily is { } daily) Daily(daily);
    }

    private void Daily(DailyCycle daily) => Entry("daily", () => Map(() =>
    {
        Entry("amplitude", () => Rounded(daily.Amplitude));
        Entry("peak", () => Text(daily.Peak.ToString(@"hh\:mm", CultureInfo.InvariantCulture)));
    }, flow: true));

    private void Labels(LabelPlan plan)
    {
        if (plan is SetsPlan sets)
        {
            Entry("label_sets", () => List(sets.Sets, set => Map(() => Pairs(set), flow: true), flow: false));
            return;
        }

        var product = (ProductPlan)plan;
        if (product.Labels.Count == 0)
        {
            Entry("labels", () => Plain("0"));
            return;
        }

        Entry("labels", () => Map(() =>
        {
            foreach (var label in product.Labels) Entry(label.Name, () => Values(label));
        }));
        if (product.Series is { } series) Entry("series", () => Plain(series.ToString(CultureInfo.InvariantCulture)));
    }

    private void Values(PlannedLabel label)
    {
        if (label.Values is { } values)
        {
            List(values, Text, flow: values.Count <= MostInLine);
            return;
        }

        var made = label.Made!;
        Map(() =>
        {
            Entry("cardinality", () => Plain(made.Cardinality.ToString(CultureInfo.InvariantCulture)));
            Entry("length", () => Plain(made.Length.ToString(CultureInfo.InvariantCulture)));
            if (made.Prefix.Length > 0) Entry("prefix", () => Text(made.Prefix));
        }, flow: true);
    }

    private void Pairs(IEnumerable<KeyValuePair<string, string>> labels)
    {
        foreach (var (name, value) in labels) Entry(name, () => Text(value));
    }

    private void Process(ValueProcess process, bool isGauge)
    {
        var (name, parameters) = Parameters(process);
        Entry("process", () => Plain(name));
        // Values are written as they were seen, what was worked out of them as far as it means something.
        foreach (var (key, value, isSeen) in parameters) Entry(key, () => Number(value, isSeen && isGauge));
    }

    private static (string Name, (string Key, double Value, bool IsSeen)[] Parameters) Parameters(ValueProcess process) => process switch
    {
        ConstantProcess constant => ("constant", [("value", constant.Value, true)]),
        UniformProcess uniform => ("uniform", [("min", uniform.Min, true), ("max", uniform.Max, true)]),
        WalkProcess walk => ("walk", [("start", walk.Start, true), ("step", walk.Step, false), ("min", walk.Min, true), ("max", walk.Max, true)]),
        OuProcess ou => ("ou", [("mean", ou.Mean, false), ("sd", ou.Deviation, false), ("theta", ou.Theta, false)]),
        PoissonProcess poisson => ("poisson", [("rate", poisson.Rate, false)]),
        LogNormalProcess logNormal => ("log_normal", [("median", logNormal.Median, false), ("sigma", logNormal.Sigma, false)]),
        _ => throw new ArgumentOutOfRangeException(nameof(process), process, "No process that is learned."),
    };

    /// <summary>A type as the configuration names it.</summary>
    public static string TypeName(GroupType type) => type switch
    {
        GroupType.NativeHistogram => "native_histogram",
        _ => type.ToString().ToLowerInvariant(),
    };

    private void Comment(string text) => _emitter.Emit(new Comment(text.ReplaceLineEndings(" "), isInline: false));

    private void Map(Action entries, bool flow = false)
    {
        _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow ? MappingStyle.Flow : MappingStyle.Block));
        entries();
        _emitter.Emit(new MappingEnd());
    }

    private void List<T>(IEnumerable<T> items, Action<T> write, bool flow)
    {
        _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (var item in items) write(item);
        _emitter.Emit(new SequenceEnd());
    }

    private void Entry(string key, Action value)
    {
        Plain(key);
        value();
    }

    private void Plain(string text) => _emitter.Emit(new Scalar(text));

    // In quotes, so that no value turns into a number, a date or a no.
    private void Text(string text) => _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true));

    private void Number(double value, bool exact)
    {
        if (exact) Exact(value);
        else Rounded(value);
    }

    private void Exact(double value) => Plain(value.ToString("R", CultureInfo.InvariantCulture));

    private void Rounded(double value) => Plain(value.ToString("G6", CultureInfo.InvariantCulture));
}
