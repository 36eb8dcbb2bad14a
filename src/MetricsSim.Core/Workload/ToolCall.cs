namespace MetricsSim.Core.Workload;

/// <summary>One of the tool calls that follow a request.</summary>
/// <param name="Session">Key of the session.</param>
/// <param name="Request">Number of the request.</param>
/// <param name="At">When it was answered, µs since tick 0.</param>
/// <param name="Number">Number of the call.</param>
internal readonly record struct ToolCall(ulong Session, int Request, long At, int Number);
