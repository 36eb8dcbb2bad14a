using System.Globalization;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>The formats written down the slow and obvious way: strings, decimals, one pass over rows and leaves. The encoder is tested against it.</summary>
internal static class ReferenceWriter
{
    public static string Page(IEnumerable<Snapshot> snapshots, ExpositionFormat format, bool created, bool timestamps)
    {
        var openMetrics = format == ExpositionFormat.OpenMetrics100;
        var page = new StringBuilder();
        foreach (var snapshot in snapshots)
        {
            var end = timestamps ? " " + Time(snapshot.UnixMilliseconds, openMetrics) : "";
            for (var f = 0; f < snapshot.Columns.Length; f++)
            {
                var family = snapshot.Layout.Families[f];
                var samples = Samples(family, snapshot, f, created && openMetrics).ToList();
                if (samples.Count > 0)
                {
                    page.Append(openMetrics ? OpenMetricsHeader(family) : TextHeader(family));
                }

                foreach (var (name, labels, value) in samples)
                {
                    var set = string.Join(",", labels.Select(label => $"{label.Name}=\"{Escape(label.Value, quotes: true)}\""));
                    page.Append(name).Append(set.Length > 0 ? "{" + set + "}" : "").Append(' ').Append(value).Append(end).Append('\n');
                }
            }
        }

        return page.Append(openMetrics ? "# EOF\n" : "").ToString();
    }

    private static IEnumerable<(string Name, IEnumerable<Label> Labels, string Value)> Samples(
        MetricFamily family, Snapshot snapshot, int f, bool created)
    {
        var column = snapshot.Columns[f];
        foreach (var (row, rowLabels) in snapshot.RowsOf(f))
        {
            for (var i = 0; i < family.Leaves.Count; i++)
            {
                var series = (row * family.Leaves.Count) + i;
                var labels = rowLabels.Concat(family.Leaves[i]).ToList();
                var cells = column.Skip(series * family.Stride).Take(family.Stride).ToList();
                var counts = family.Type == MetricType.Histogram ? cells.Take(family.Bounds.Count + 1).ToList() : cells;
                if (family.HideUntouched && (family.Type is MetricType.Histogram or MetricType.Summary ? cells.SkipLast(1) : cells).All(cell => cell == 0))
                {
                    continue;
                }

                switch (family.Type)
                {
                    case MetricType.Counter:
                        yield return (family.Name + "_total", labels, Value(family, cells[0]));
                        break;
                    case MetricType.Gauge:
                        yield return (family.Name, labels, Value(family, cells[0]));
                        break;
                    case MetricType.Info:
                        yield return (family.Name + "_info", labels, "1");
                        break;
                    case MetricType.Summary:
                        for (var q = 0; q < family.Quantiles.Count; q++)
                        {
                            yield return (family.Name, labels.Append(new("quantile", Bound(family.Quantiles[q]))), Shortest(BitConverter.Int64BitsToDouble(cells[q])));
                        }

                        yield return (family.Name + "_sum", labels, Value(family, cells[^1]));
                        yield return (family.Name + "_count", labels, $"{cells[^2]}");
                        break;
                    default:
                        for (var b = 0; b < counts.Count; b++)
                        {
                            var le = b < family.Bounds.Count ? Bound(family.Bounds[b]) : "+Inf";
                            yield return (family.Name + "_bucket", labels.Append(new("le", le)), $"{counts.Take(b + 1).Sum()}");
                        }

                        yield return (family.Name + "_sum", labels, Value(family, cells[^1]));
                        yield return (family.Name + "_count", labels, $"{counts.Sum()}");
                        break;
                }

                if (created && family.Type is MetricType.Counter or MetricType.Histogram or MetricType.Summary)
                {
                    yield return (family.Name + "_created", labels, Time(snapshot.CreatedUnixMilliseconds, seconds: true));
                }
            }
        }
    }

    private static string TextHeader(MetricFamily family)
    {
        var name = family.Name + (family.Type == MetricType.Counter ? "_total" : family.Type == MetricType.Info ? "_info" : "");
        var type = family.Type == MetricType.Info ? "gauge" : family.Type.ToString().ToLowerInvariant();
        var help = family.Help.Length > 0 ? $"# HELP {name} {Escape(family.Help, quotes: false)}\n" : "";
        return $"{help}# TYPE {name} {type}\n";
    }

    private static string OpenMetricsHeader(MetricFamily family)
    {
        var name = family.Name;
        var unit = family.Unit is { Length: > 0 } && name.EndsWith("_" + family.Unit, StringComparison.Ordinal) && family.Type != MetricType.Info
            ? $"# UNIT {name} {family.Unit}\n"
            : "";
        var help = family.Help.Length > 0 ? $"# HELP {name} {Escape(family.Help, quotes: true)}\n" : "";
        return $"# TYPE {name} {family.Type.ToString().ToLowerInvariant()}\n{unit}{help}";
    }

    private static string Value(MetricFamily family, long cell)
    {
        if (family.Divisor == 0)
        {
            return Shortest(BitConverter.Int64BitsToDouble(cell));
        }

        if (family.Divisor == 1)
        {
            return cell.ToString(CultureInfo.InvariantCulture);
        }

        var exact = new[] { 10L, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000 }.Contains(family.Divisor);
        return exact && Math.Abs((decimal)cell) < 1_000_000_000_000_000
            ? ((decimal)cell / family.Divisor).ToString("0.#########", CultureInfo.InvariantCulture)
            : Shortest((double)cell / family.Divisor);
    }

    private static string Shortest(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Bound(double bound)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Time(long milliseconds, bool seconds) =>
        seconds ? (milliseconds / 1000m).ToString("0.000", CultureInfo.InvariantCulture) : milliseconds.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
