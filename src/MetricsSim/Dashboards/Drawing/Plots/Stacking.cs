using MetricsSim.Dashboards.Drawing.Fields;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>Makes traces of fields; those that are stacked stand on each other, those below zero apart from those above.</summary>
internal static class Stacking
{
    /// <summary>Makes traces.</summary>
    /// <param name="fields">In the order in which they are stacked.</param>
    public static IReadOnlyList<Trace> Traces(IReadOnlyList<Field> fields)
    {
        var stacks = new Dictionary<(string Mode, string Group, string RefId), Stack>();
        var traces = new List<Trace>(fields.Count);
        foreach (var field in fields)
        {
            var mode = field.Style.Options.Stacking;
            if (mode is not ("normal" or "percent"))
            {
                traces.Add(Alone(field));
                continue;
            }

            var key = (mode, Group(field), field.Style.Options.Unit);
            if (!stacks.TryGetValue(key, out var stack))
            {
                var members = fields.Where(other => other.Style.Options.Stacking == mode && (mode, Group(other), other.Style.Options.Unit) == key).ToList();
                stacks[key] = stack = new Stack(members, mode == "percent");
            }

            traces.Add(stack.Put(field));
        }

        return traces;
    }

    private static string Group(Field field) => field.Style["stacking.group"] is { ValueKind: System.Text.Json.JsonValueKind.String } group ? group.GetString()! : "A";

    private static Trace Alone(Field field) => new()
    {
        Field = field,
        Times = [.. field.Series.Samples.Select(sample => sample.Time)],
        Lower = new double[field.Values.Count],
        Upper = field.Values,
    };

    /// <summary>Fields that stand on each other, over the times of all of them.</summary>
    private sealed class Stack
    {
        private readonly double[] _times;
        private readonly double[] _above;
        private readonly double[] _below;
        private readonly double[]? _totals;

        public Stack(IReadOnlyList<Field> members, bool percent)
        {
            _times = [.. members.SelectMany(member => member.Series.Samples).Select(sample => sample.Time).Distinct().Order()];
            _above = new double[_times.Length];
            _below = new double[_times.Length];
            if (!percent) return;
            _totals = new double[_times.Length];
            foreach (var member in members)
            {
                var values = Aligned(member);
                for (var i = 0; i < values.Length; i++) _totals[i] += double.IsFinite(values[i]) ? Math.Abs(values[i]) : 0;
            }
        }

        public Trace Put(Field field)
        {
            var upper = Aligned(field);
            var lower = new double[upper.Length];
            for (var i = 0; i < upper.Length; i++)
            {
                if (_totals is not null) upper[i] = _totals[i] > 0 ? upper[i] / _totals[i] : double.NaN;
                var sums = upper[i] < 0 ? _below : _above;
                lower[i] = sums[i];
                if (double.IsFinite(upper[i])) upper[i] = sums[i] += upper[i];
            }

            return new() { Field = field, Times = _times, Lower = lower, Upper = upper, Stacked = true };
        }

        private double[] Aligned(Field field)
        {
            var values = new double[_times.Length];
            Array.Fill(values, double.NaN);
            foreach (var sample in field.Series.Samples) values[Array.BinarySearch(_times, sample.Time)] = sample.Value;
            return values;
        }
    }
}
