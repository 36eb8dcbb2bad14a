namespace MetricsSim.Wire.Protobuf;

/// <summary>
/// The tags (field number · 8 + wire type) of the messages of <c>io.prometheus.client</c> that we write
/// (github.com/prometheus/client_model, io/prometheus/client/metrics.proto).
/// </summary>
internal static class Tags
{
    public const byte FamilyName = (1 << 3) | Bytes;
    public const byte FamilyHelp = (2 << 3) | Bytes;
    public const byte FamilyType = (3 << 3) | Number;
    public const byte FamilyMetric = (4 << 3) | Bytes;
    public const byte FamilyUnit = (5 << 3) | Bytes;

    public const byte MetricLabel = (1 << 3) | Bytes;
    public const byte MetricGauge = (2 << 3) | Bytes;
    public const byte MetricCounter = (3 << 3) | Bytes;
    public const byte MetricSummary = (4 << 3) | Bytes;
    public const byte MetricTimestamp = (6 << 3) | Number;
    public const byte MetricHistogram = (7 << 3) | Bytes;

    public const byte LabelName = (1 << 3) | Bytes;
    public const byte LabelValue = (2 << 3) | Bytes;

    /// <summary>Of a gauge and of a counter.</summary>
    public const byte Value = (1 << 3) | Fixed64;
    public const byte CounterExemplar = (2 << 3) | Bytes;
    public const byte CounterCreated = (3 << 3) | Bytes;

    public const byte SummaryCount = (1 << 3) | Number;
    public const byte SummarySum = (2 << 3) | Fixed64;
    public const byte SummaryQuantile = (3 << 3) | Bytes;
    public const byte SummaryCreated = (4 << 3) | Bytes;

    public const byte QuantileQuantile = (1 << 3) | Fixed64;
    public const byte QuantileValue = (2 << 3) | Fixed64;

    public const byte HistogramCount = (1 << 3) | Number;
    public const byte HistogramSum = (2 << 3) | Fixed64;
    public const byte HistogramBucket = (3 << 3) | Bytes;
    public const byte HistogramSchema = (5 << 3) | Number;
    public const byte HistogramZeroThreshold = (6 << 3) | Fixed64;
    public const byte HistogramZeroCount = (7 << 3) | Number;
    public const byte HistogramPositiveSpan = (12 << 3) | Bytes;
    public const byte HistogramPositiveDelta = (13 << 3) | Number;
    public const byte HistogramCreated = (15 << 3) | Bytes;

    /// <summary>The only tag of two bytes.</summary>
    public const int HistogramExemplars = (16 << 3) | Bytes;

    public const byte BucketCount = (1 << 3) | Number;
    public const byte BucketBound = (2 << 3) | Fixed64;
    public const byte BucketExemplar = (3 << 3) | Bytes;

    public const byte ExemplarLabel = (1 << 3) | Bytes;
    public const byte ExemplarValue = (2 << 3) | Fixed64;
    public const byte ExemplarTimestamp = (3 << 3) | Bytes;

    public const byte SpanOffset = (1 << 3) | Number;
    public const byte SpanLength = (2 << 3) | Number;

    public const byte TimestampSeconds = (1 << 3) | Number;
    public const byte TimestampNanos = (2 << 3) | Number;

    private const byte Number = 0;
    private const byte Fixed64 = 1;
    private const byte Bytes = 2;
}
