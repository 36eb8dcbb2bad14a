return MetricsSim.ExitCodes.Ok;
