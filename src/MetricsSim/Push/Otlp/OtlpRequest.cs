using MetricsSim.Exposition;

namespace MetricsSim.Push.Otlp;

/// <summary>A request as the exporter made it, kept until the receiver takes it.</summary>
/// <param name="Signal">What is in it.</param>
/// <param name="Url">Where it goes.</param>
/// <param name="Version">Version of HTTP.</param>
/// <param name="Headers">Its headers, the exporter's.</param>
/// <param name="ContentHeaders">Headers of the body.</param>
/// <param name="Body">The body: of gRPC one length-prefixed message.</param>
/// <param name="Events">Events in it.</param>
internal sealed record OtlpRequest(
    OtlpSignal Signal,
    Uri Url,
    Version Version,
    IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers,
    IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> ContentHeaders,
    byte[] Body,
    int Events);
