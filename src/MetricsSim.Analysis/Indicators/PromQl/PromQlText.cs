namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>Pieces of PromQL.</summary>
internal static class PromQlText
{
    public static string Increase(string counter, string range, string at = "") => $"sum(increase({counter}[{range}]{at}))";

    /// <summary>Given-up requests / requests. Where none was ever given up, there may be no series of them.</summary>
    public static string ErrorRate(PublishedNames names, string range) =>
        $"({Increase(names.GivenUp, range)} or vector(0)) / {Increase(names.Requests, range)}";

    public static string Quantile(PublishedNames names, double quantile, string range) =>
        $"histogram_quantile({quantile}, sum by (le) (increase({names.Durations}[{range}])))";

    public static string Mean(string gauge, string range) => $"sum(avg_over_time({gauge}[{range}]))";

    public static string Ratio(string upper, string lower, string range, string at = "") => $"{Increase(upper, range, at)} / {Increase(lower, range, at)}";
}
