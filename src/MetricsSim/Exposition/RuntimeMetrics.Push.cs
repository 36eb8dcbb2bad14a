namespace MetricsSim.Exposition;

/// <content>What pushing tells about itself.</content>
internal sealed partial class RuntimeMetrics
{
    /// <summary>Counts what waits to be pushed from now on.</summary>
    /// <param name="count">How much.</param>
    public void RecordQueued(PushedCount count)
    {
        lock (_lock) Cells(PushFamilies.Queue)[0] += count.Points;
    }

    /// <summary>Counts what waits no more.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="count">How much.</param>
    public void RecordPushed(PushOutcome outcome, PushedCount count)
    {
        lock (_lock)
        {
            Cells(PushFamilies.Queue)[0] -= count.Points;
            Cells(PushFamilies.Samples)[(int)outcome] += count.Samples;
            Cells(PushFamilies.Histograms)[(int)outcome] += count.Histograms;
            Cells(PushFamilies.Exemplars)[(int)outcome] += count.Exemplars;
        }
    }

    /// <summary>Counts what is tried again.</summary>
    /// <param name="count">How much.</param>
    public void RecordRetried(PushedCount count)
    {
        lock (_lock) Cells(PushFamilies.Retried)[0] += count.Points;
    }

    /// <summary>Counts a page for a Pushgateway.</summary>
    /// <param name="taken">Whether it was taken.</param>
    public void RecordPut(bool taken)
    {
        lock (_lock) Cells(PushFamilies.Puts)[taken ? 0 : 1]++;
    }
}
