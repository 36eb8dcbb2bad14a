using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Exposition;

/// <summary>What requests of remote write hold, or how much of it a receiver has written.</summary>
/// <param name="Samples">Samples, markers of staleness included.</param>
/// <param name="Histograms">Native histograms.</param>
/// <param name="Exemplars">Exemplars.</param>
internal readonly record struct PushedCount(int Samples, int Histograms, int Exemplars)
{
    /// <summary>Samples and native histograms together.</summary>
    public int Points => Samples + Histograms;

    /// <summary>What a request holds.</summary>
    public static PushedCount Of(WriteRequest request) => new(request.Samples, request.Histograms, request.Exemplars);

    /// <summary>What is left of one without the other.</summary>
    public static PushedCount operator -(PushedCount one, PushedCount other) =>
        new(one.Samples - other.Samples, one.Histograms - other.Histograms, one.Exemplars - other.Exemplars);
}
