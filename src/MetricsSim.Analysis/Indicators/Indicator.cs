using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators;

/// <summary>A number about a run that assertions are made on.</summary>
/// <param name="Name">Its name in assertions.</param>
/// <param name="Unit">Unit for people; empty for a plain number.</param>
/// <param name="Measure">Computes it over a part of the run.</param>
public sealed record Indicator(string Name, string Unit, Func<RecordedRun, RunWindow, Measured> Measure);

/// <summary>What an indicator came to.</summary>
/// <param name="Value">The number; true is 1 and false 0; NaN when there was nothing to measure.</param>
/// <param name="Note">What a reader should know beside it, or null.</param>
public sealed record Measured(double Value, string? Note = null);
