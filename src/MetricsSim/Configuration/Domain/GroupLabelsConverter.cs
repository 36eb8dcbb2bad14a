using System.Globalization;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts the labels of a series group.</summary>
/// <param name="section">The group.</param>
/// <param name="path">Its key.</param>
/// <param name="report">Takes findings.</param>
internal sealed class GroupLabelsConverter(SeriesGroupSection section, string path, Report report)
{
    private const int DefaultCount = 2;
    private const int DefaultLength = 8;
    private const string Stem = "label_";

    /// <summary>Converts them.</summary>
    /// <returns>The label sets; of use only if the report is clean.</returns>
    public GroupLabels Convert()
    {
        if (section.LabelSets is { } sets) return Listed(sets);
        var isNumber = section.Labels?.Named is null;
        if (!isNumber && section.LabelNameLength is not null) report.Error($"{path}.label_name_length", "is for labels given as a number; these have names");
        var labels = isNumber ? Counted(section.Labels?.Count ?? DefaultCount) : Named(section.Labels!.Named!);
        var most = 1L;
        foreach (var label in labels) most = Math.Min(most * label.Cardinality, (long)int.MaxValue + 1);
        if (isNumber || most <= int.MaxValue || section.Series is not null)
        {
            var series = section.Series ?? (isNumber ? 1 : (int)most);
            if (series > most && !report.Failed(path)) report.Error($"{path}.series", $"at most {most} combinations of the labels' values are there, got {series}");
            return new LabelProduct(labels, series);
        }

        if (!report.Failed(path)) report.Error($"{path}.labels", $"have more than {int.MaxValue} combinations of values; give series, how many of them there are");
        return GroupLabels.None;
    }

    private static string TypeLabel(GroupType type) => type == GroupType.Summary ? "quantile" : "le";

    private List<LabelValues> Counted(int count)
    {
        var series = section.Series ?? 1;
        // As many values each as make the combinations that are needed.
        var each = 1;
        while (count > 0 && Math.Pow(each, count) < series) each++;
        if (count == 0 && series > 1 && !report.Failed(path))
            report.Error($"{path}.series", $"without labels there is one series, got {series}");
        var (names, values) = (section.LabelNameLength ?? DefaultLength, section.LabelValueLength ?? DefaultLength);
        var digits = Math.Max(count > 10 ? 2 : 1, Math.Min(2, names - 1));
        if (names < digits + 1) report.Error($"{path}.label_name_length", $"{count} labels need names of at least {digits + 1} characters, got {names}");
        var least = RandomValues.DigitsOf(each);
        if (values < least) report.Error($"{path}.label_value_length", $"{each} values need at least {least} characters, got {values}");
        var stem = Stem.PadRight(names, 'x')[..Math.Max(1, names - digits)];
        return
        [
            .. Enumerable.Range(0, count).Select(i => new RandomValues(each, Math.Max(values, least)) { Name = stem + i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0') }),
        ];
    }

    private List<LabelValues> Named(OrderedDictionary<string, LabelValuesValue> named) =>
        [.. named.Select(entry => Values(entry.Key, entry.Value, Report.Join($"{path}.labels", entry.Key)))];

    private LabelValues Values(string name, LabelValuesValue values, string labelPath)
    {
        CheckName(name, labelPath);
        if (values.Listed is { } listed)
        {
            if (listed.Values.Distinct(StringComparer.Ordinal).Count() < listed.Values.Count) report.Error(labelPath, "values must be distinct");
            return new ListedValues(listed.Values) { Name = name };
        }

        var made = values.Made!;
        var prefix = made.Prefix ?? "";
        var least = prefix.Length + (made.Prefix is null ? RandomValues.DigitsOf(made.Cardinality) : NumberedValues.DigitsOf(made.Cardinality));
        var length = made.Length ?? (made.Prefix is null ? Math.Max(section.LabelValueLength ?? DefaultLength, least) : least);
        if (length < least && !report.Failed(labelPath))
            report.Error($"{labelPath}.length", $"{made.Cardinality} values{(made.Prefix is null ? "" : " behind their prefix")} need at least {least} characters, got {length}");
        return made.Prefix is null ? new RandomValues(made.Cardinality, Math.Max(length, least)) { Name = name } : new NumberedValues(made.Cardinality, prefix, Math.Max(length, least)) { Name = name };
    }

    private LabelList Listed(IReadOnlyList<OrderedDictionary<string, string>> sets)
    {
        foreach (var key in new[] { "labels", "series", "label_name_length", "label_value_length" })
        {
            if (report.IsSet($"{path}.{key}")) report.Error($"{path}.{key}", "stands beside label_sets, which say it all; leave one of the two out");
        }

        if (sets.Count == 0) report.Error($"{path}.label_sets", "expected at least one");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new List<IReadOnlyList<Label>>(sets.Count);
        for (var i = 0; i < sets.Count; i++)
        {
            // What could not be read was said.
            if (sets[i] is not { } set) continue;
            var setPath = $"{path}.label_sets[{i}]";
            foreach (var name in set.Keys) CheckName(name, Report.Join(setPath, name));
            var key = string.Join('\u0002', set.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key + '\u0001' + label.Value));
            if (!seen.TryAdd(key, i)) report.Error(setPath, $"is the same as label_sets[{seen[key]}]");
            result.Add([.. set.Select(label => new Label(label.Key, label.Value))]);
        }

        return new LabelList(result);
    }

    private void CheckName(string name, string labelPath)
    {
        var isName = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!isName) report.Error(labelPath, "expected a label name");
        else if (name.StartsWith("__", StringComparison.Ordinal)) report.Error(labelPath, "names that begin with __ are Prometheus's own; choose another name");
        else if (section.Type is GroupType.Histogram or GroupType.NativeHistogram or GroupType.Summary && name == TypeLabel(section.Type))
            report.Error(labelPath, $"the label {name} is the type's own; choose another name");
    }
}
