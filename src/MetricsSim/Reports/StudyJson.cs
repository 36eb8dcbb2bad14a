using MetricsSim.Cli;
using MetricsSim.Dashboards.Model;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>A study as JSON: every figure of the report.</summary>
internal static class StudyJson
{
    /// <summary>Writes a study.</summary>
    /// <param name="study">The study.</param>
    public static string Of(StudyResult study) => Json.Text(new
    {
        study.Machine,
        study.Settings,
        Findings = study.Findings.Select(finding => new
        {
            Class = finding.Class.Key(),
            Form = StudyText.Form(finding.Form),
            finding.LimitMs,
            finding.Law?.Exponent,
            finding.Law?.Factor,
            finding.Law?.RSquared,
            Largest = finding.Capacity is null ? null : new { Is = Kind(finding.Capacity.Kind), Series = (long)Math.Round(finding.Capacity.Series) },
        }),
        Sizes = study.Sizes.Select(size => new
        {
            size.Asked,
            size.Users,
            size.Series,
            size.Problem,
            size.History,
            size.StartSeconds,
            size.Memory,
            size.Ingest,
            Queries = size.Queries.Select(query => new
            {
                Class = query.Class.Key(),
                Form = StudyText.Form(query.Form),
                query.Expression,
                query.Problem,
                query.Timing,
                query.Results,
                query.Samples,
                query.Series,
            }),
        }),
    });

    private static string Kind(CapacityKind kind) => kind switch
    {
        CapacityKind.BeyondLargest => "more_than",
        CapacityKind.BelowSmallest => "less_than",
        CapacityKind.BeforeFailure => "at_least",
        _ => "interpolated",
    };
}
