namespace MetricsSim.Wire.RemoteWrite;

/// <summary>
/// Puts times of the exporter's clock on the clock of the samples, which may be another one and run at another speed: between two pushes in
/// proportion, before the first as if both ran alike.
/// </summary>
internal sealed class PushClock
{
    private (long Exporter, long Sample) _before, _now;
    private long _created, _start;
    private bool _begun, _hasBefore;

    /// <summary>When counters began at 0, by the clock of the samples; the same at each push until they begin anew. 0 is not known.</summary>
    public long Start => Math.Max(0, _start);

    /// <summary>Begins a push.</summary>
    /// <param name="exporter">Its time by the exporter's clock, ms since the Unix epoch.</param>
    /// <param name="created">When counters began at 0, by the exporter's clock.</param>
    /// <param name="sample">Its time by the clock of the samples.</param>
    public void Begin(long exporter, long created, long sample)
    {
        (_before, _hasBefore) = (_now, _begun);
        _now = (exporter, sample);
        if (!_begun || created != _created) (_created, _start) = (created, Of(created));
        _begun = true;
    }

    /// <summary>A time of the exporter's clock, not after the push, by the clock of the samples.</summary>
    public long Of(long exporter)
    {
        if (exporter >= _now.Exporter) return _now.Sample;
        if (!_hasBefore || exporter < _before.Exporter) return _now.Sample - (_now.Exporter - exporter);
        var share = (exporter - _before.Exporter) / (double)(_now.Exporter - _before.Exporter);
        return _before.Sample + (long)(share * (_now.Sample - _before.Sample));
    }
}
