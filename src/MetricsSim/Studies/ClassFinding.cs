using MetricsSim.Dashboards.Model;

namespace MetricsSim.Studies;

/// <summary>What follows for a class of queries in a form: how its slowest query grows, and how far its limit holds.</summary>
/// <param name="Class">The class.</param>
/// <param name="Form">The form.</param>
/// <param name="LimitMs">Its limit, ms.</param>
/// <param name="Law">How its median grows; null with fewer than two sizes.</param>
/// <param name="Capacity">How far the limit holds for its 95th percentile; null when nothing was measured.</param>
internal sealed record ClassFinding(QueryClass Class, QueryForm Form, double LimitMs, PowerLaw? Law, Capacity? Capacity)
{
    /// <summary>The costs that it follows from, by series, ascending.</summary>
    internal required IReadOnlyList<PlotPoint> Points { get; init; }

    /// <summary>All classes in all forms that were asked.</summary>
    /// <param name="study">The study.</param>
    public static IEnumerable<ClassFinding> All(StudyResult study)
    {
        foreach (var kind in Enum.GetValues<QueryClass>())
        {
            var limit = study.Settings.LimitsMs[kind.Key()];
            foreach (var form in Enum.GetValues<QueryForm>())
            {
                PlotPoint[] points =
                [
                    .. study.Sizes.Select(size => (size.Series, Costs: size.Queries.Where(query => query.Class == kind && query.Form == form).Select(query => query.CostMs).ToList()))
                        .Where(size => size.Costs.Count > 0)
                        .Select(size => new PlotPoint(size.Series, size.Costs.Max(cost => cost.Median), size.Costs.Max(cost => cost.P95))),
                ];
                yield return new ClassFinding(kind, form, limit, PowerLaw.Fit(points), Studies.Capacity.Of(points, limit)) { Points = points };
            }
        }
    }

    /// <summary>Whether the limit is missed at a size that is allowed.</summary>
    /// <param name="most">The most series that are allowed.</param>
    public bool MissesUpTo(long most) => Points.Any(point => point.X <= most && point.Worst > LimitMs);
}
