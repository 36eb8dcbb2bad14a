namespace MetricsSim.Core.Groups;

/// <summary>How long the series of a group live.</summary>
public abstract record Lifecycle;

/// <summary>They stay.</summary>
public sealed record StableLifecycle : Lifecycle;

/// <summary>
/// A share of them is replaced by new ones each interval, one after the other in the order of the rows, as a rolling deployment does it: so
/// each lives 1/<paramref name="Fraction"/> intervals.
/// </summary>
/// <param name="Interval">Time between replacements.</param>
/// <param name="Fraction">Share replaced, &gt; 0 and ≤ 1.</param>
/// <param name="Label">The label whose value changes; null is the last one.</param>
public sealed record ChurningLifecycle(TimeSpan Interval, double Fraction, string? Label) : Lifecycle;

/// <summary>Each is on the page for a while and off it for a while; when it begins is its own. Its value goes on meanwhile.</summary>
/// <param name="On">How long it is there.</param>
/// <param name="Off">How long it is missing.</param>
public sealed record IntermittentLifecycle(TimeSpan On, TimeSpan Off) : Lifecycle;

/// <summary>More of them for a while: spike k covers [(k + ½) · interval, + duration), and brings series that were never there before.</summary>
/// <param name="Interval">Time from one spike to the next.</param>
/// <param name="Duration">How long a spike lasts, less than the interval.</param>
/// <param name="Factor">How many times as many series there are in it, &gt; 1.</param>
/// <param name="Label">The label by which the additional ones differ; null is the last one.</param>
public sealed record SpikingLifecycle(TimeSpan Interval, TimeSpan Duration, double Factor, string? Label) : Lifecycle;
