namespace MetricsSim.Exposition;

/// <content>What pushing by OTLP tells about itself.</content>
internal sealed partial class RuntimeMetrics
{
    /// <summary>Counts a request that waits to be sent by OTLP.</summary>
    /// <param name="bytes">Its size.</param>
    public void RecordOtlpQueued(int bytes)
    {
        lock (_lock) Cells(OtlpFamilies.Queue)[0] += bytes;
    }

    /// <summary>Counts a request of OTLP that waits no more.</summary>
    /// <param name="signal">What is in it.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="events">Events in it.</param>
    public void RecordOtlp(OtlpSignal signal, PushOutcome outcome, int bytes, int events)
    {
        lock (_lock)
        {
            Cells(OtlpFamilies.Queue)[0] -= bytes;
            Cells(OtlpFamilies.Requests)[((int)signal * Enum.GetValues<PushOutcome>().Length) + (int)outcome]++;
            Cells(OtlpFamilies.Events)[(int)outcome] += events;
        }
    }

    /// <summary>Counts an attempt by OTLP that is repeated.</summary>
    /// <param name="signal">What is in the request.</param>
    public void RecordOtlpRetry(OtlpSignal signal)
    {
        lock (_lock) Cells(OtlpFamilies.Retries)[(int)signal]++;
    }

    /// <summary>Counts events that were dropped before they were in a request.</summary>
    /// <param name="events">How many.</param>
    public void RecordOtlpDropped(int events)
    {
        lock (_lock) Cells(OtlpFamilies.Events)[(int)PushOutcome.Dropped] += events;
    }
}
