namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// The variables that every dashboard has: https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables.
/// </summary>
/// <param name="time">The time shown.</param>
/// <param name="step">The step of the query; null where there is none, as in queries of variables.</param>
internal sealed class GlobalVariables(BoardTime time, QueryStep? step = null)
{
    /// <summary>Finds one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null for any other name.</returns>
    public VariableValue? Find(string name) => Text(name) is { } text ? VariableValue.Single(name, text) : null;

    private string? Text(string name) => name switch
    {
        "__interval" when step is not null => GrafanaInterval.Text(step.Step),
        "__interval_ms" when step is not null => $"{(long)step.Step.TotalMilliseconds}",
        "__rate_interval" when step is not null => GrafanaInterval.GoText(step.RateInterval),
        "__rate_interval_ms" when step is not null => $"{(long)step.RateInterval.TotalMilliseconds}",
        "__range" => $"{Math.Round(time.Length.TotalSeconds)}s",
        "__range_s" => $"{Math.Round(time.Length.TotalSeconds)}",
        "__range_ms" => $"{(long)time.Length.TotalMilliseconds}",
        "__from" => $"{time.From.ToUnixTimeMilliseconds()}",
        "__to" => $"{time.To.ToUnixTimeMilliseconds()}",
        _ => null,
    };
}
