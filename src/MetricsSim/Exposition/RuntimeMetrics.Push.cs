namespace MetricsSim.Exposition;

/// <content>What pushing tells about itself.</content>
internal sealed partial class RuntimeMetrics
{
    /// <summary>Counts samples that wait to be pushed from now on.</summary>
    /// <param name="samples">How many.</param>
    public void RecordQueued(int samples)
    {
        lock (_lock) Cells(PushFamilies.Queue)[0] += samples;
    }

    /// <summary>Counts samples that wait no more.</summary>
    /// <param name="outcome">What became of them.</param>
    /// <param name="samples">How many.</param>
    public void RecordPushed(PushOutcome outcome, int samples)
    {
        lock (_lock)
        {
            Cells(PushFamilies.Queue)[0] -= samples;
            Cells(PushFamilies.Samples)[(int)outcome] += samples;
        }
    }

    /// <summary>Counts samples that are tried again.</summary>
    /// <param name="samples">How many.</param>
    public void RecordRetried(int samples)
    {
        lock (_lock) Cells(PushFamilies.Retried)[0] += samples;
    }

    /// <summary>Counts a page for a Pushgateway.</summary>
    /// <param name="taken">Whether it was taken.</param>
    public void RecordPut(bool taken)
    {
        lock (_lock) Cells(PushFamilies.Puts)[taken ? 0 : 1]++;
    }
}
