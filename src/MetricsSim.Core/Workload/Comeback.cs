namespace MetricsSim.Core.Workload;

/// <summary>A session that was refused at its start and is tried again.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="Ordinal">Which of the user's sessions it is.</param>
internal readonly record struct Comeback(int User, uint Ordinal);
