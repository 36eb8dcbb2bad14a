namespace MetricsSim.Learning;

/// <summary>The labels of a group, as they will be written.</summary>
internal abstract record LabelPlan;

/// <summary>Label sets written out.</summary>
/// <param name="Sets">The sets.</param>
internal sealed record SetsPlan(IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Sets) : LabelPlan;

/// <summary>Combinations of labels' values.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Series">Number of series, or null for all combinations.</param>
internal sealed record ProductPlan(IReadOnlyList<PlannedLabel> Labels, long? Series) : LabelPlan;

/// <summary>A label with its values, or with how to make them.</summary>
/// <param name="Name">The label.</param>
/// <param name="Values">All values, or null.</param>
/// <param name="Made">How to make them, or null.</param>
internal sealed record PlannedLabel(string Name, IReadOnlyList<string>? Values, MadeLabel? Made);

/// <summary>How values of a label are made.</summary>
/// <param name="Cardinality">How many.</param>
/// <param name="Length">Their length.</param>
/// <param name="Prefix">What all begin with, or empty.</param>
internal sealed record MadeLabel(long Cardinality, int Length, string Prefix);
