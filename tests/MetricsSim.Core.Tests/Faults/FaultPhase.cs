using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>What is published of a stretch of time, as somebody who scrapes every 10 s sees it.</summary>
internal sealed class FaultPhase
{
    private const string Requests = "metricssim_request_duration_seconds";
    private readonly SnapshotView _begin;
    private readonly SnapshotView _end;
    private readonly double _seconds;
    private readonly List<double> _utilization = [];

    /// <summary>Steps the world for a while and watches.</summary>
    public FaultPhase(World world, double seconds)
    {
        _seconds = seconds;
        _begin = _end = SnapshotView.Of(world);
        for (var passed = 0.0; passed < seconds; passed += 10)
        {
            _end = SnapshotView.Of(world.StepSeconds(10));
            _utilization.Add(_end.Gauge("metricssim_backend_utilization_ratio"));
            MinCapacity = Math.Min(MinCapacity, _end.Gauge("metricssim_backend_capacity"));
        }
    }

    public double SessionsPerSecond => Rate("otel_claude_code_session_count");

    public double TokensPerSecond => Rate("otel_claude_code_token_usage_tokens");

    public double ToolCallsPerSecond => Rate("otel_claude_code_tool_usage");

    public double Utilization => _utilization.Average();

    public double MinCapacity { get; private set; } = double.PositiveInfinity;

    /// <summary>Share of ended sessions that failed.</summary>
    public double FailedSessions
    {
        get
        {
            var failed = Ended("failed");
            return failed / (failed + Ended("completed"));
        }
    }

    /// <summary>Mean duration of answered requests, seconds; 0 if none was.</summary>
    public double MeanDuration =>
        (_end.SumOfObservations(Requests, ("error_type", "")) - _begin.SumOfObservations(Requests, ("error_type", ""))) / 1e6 / Math.Max(1, Observations(""));

    /// <summary>Share of requests that were given up with these errors.</summary>
    public double Share(params string[] errors) => errors.Sum(error => Observations(error)) / Observations();

    private double Rate(string counter) => (_end.Sum(counter) - _begin.Sum(counter)) / _seconds;

    private double Observations() => _end.Count(Requests) - _begin.Count(Requests);

    private double Observations(string error) => _end.Count(Requests, ("error_type", error)) - _begin.Count(Requests, ("error_type", error));

    private double Ended(string status) =>
        _end.Count("otel_claude_code_session_duration_seconds", ("status", status)) - _begin.Count("otel_claude_code_session_duration_seconds", ("status", status));
}
