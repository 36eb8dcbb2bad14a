namespace MetricsSim.Configuration;

/// <summary>A Pushgateway to push to (config: <c>integrations.prometheus</c>).</summary>
/// <param name="Url">Address of the group, job and instance included.</param>
/// <param name="Interval">Wall time between pushes.</param>
internal sealed record PushGatewayOptions(Uri Url, TimeSpan Interval);
