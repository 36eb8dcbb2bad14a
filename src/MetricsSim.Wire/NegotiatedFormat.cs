using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire;

/// <summary>What a scraper gets.</summary>
/// <param name="Format">The format of the page.</param>
/// <param name="Escaping">What becomes of names that a Prometheus before 3.0 wouldn't take.</param>
/// <param name="ContentType">The exact <c>Content-Type</c>.</param>
public readonly record struct NegotiatedFormat(ExpositionFormat Format, NameEscaping Escaping, string ContentType);
