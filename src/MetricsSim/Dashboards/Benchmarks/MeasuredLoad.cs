using MetricsSim.Dashboards.Variables;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>Loads of a dashboard through a server at a range, as they were measured.</summary>
/// <param name="Server">Through what.</param>
/// <param name="Range">The range.</param>
/// <param name="Time">The time shown.</param>
internal sealed record MeasuredLoad(IBoardServer Server, TimeSpan Range, BoardTime Time)
{
    /// <summary>Times of the loads, in ms.</summary>
    public List<double> Loads { get; } = [];

    /// <summary>The part of each that variables took.</summary>
    public List<double> Variables { get; } = [];

    /// <summary>The queries, the variables filled in; null while a variable has no answer.</summary>
    public PanelQueries? Queries { get; set; }

    /// <summary>The requests of panels and annotations.</summary>
    public IReadOnlyList<MeasuredRequest> Requests { get; set; } = [];

    /// <summary>Why there are no panels: a variable has no answer.</summary>
    public string? Error { get; set; }
}
