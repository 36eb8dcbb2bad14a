using MetricsSim.Configuration.Document;

namespace MetricsSim.Dashboards.Model;

/// <summary>How much work a query is, by which <c>benchmarks.query_performance</c> limits its time.</summary>
internal enum QueryClass
{
    /// <summary>Values as they are, maybe added up or compared.</summary>
    SimpleCounter,

    /// <summary>A function over a range of time: <c>rate</c>, <c>increase</c>, <c>avg_over_time</c> ….</summary>
    Rate,

    /// <summary>A quantile of a histogram.</summary>
    HistogramQuantile,

    /// <summary>Several ranges of time together, joins of series, subqueries.</summary>
    Complex,
}

/// <summary>Names and limits of query classes.</summary>
internal static class QueryClasses
{
    /// <summary>The class's key in <c>benchmarks.query_performance</c>.</summary>
    /// <param name="queryClass">The class.</param>
    public static string Key(this QueryClass queryClass) => queryClass switch
    {
        QueryClass.SimpleCounter => "simple_counter",
        QueryClass.Rate => "rate_calculation",
        QueryClass.HistogramQuantile => "histogram_quantile",
        _ => "complex_aggregation",
    };

    /// <summary>The longest that a query of a class may take.</summary>
    /// <param name="limits">The configuration.</param>
    /// <param name="queryClass">The class.</param>
    public static TimeSpan Limit(this QueryPerformanceSection limits, QueryClass queryClass) => queryClass switch
    {
        QueryClass.SimpleCounter => limits.SimpleCounter,
        QueryClass.Rate => limits.RateCalculation,
        QueryClass.HistogramQuantile => limits.HistogramQuantile,
        _ => limits.ComplexAggregation,
    };
}
