namespace MetricsSim.Wire.Tsdb;

/// <summary>Memory of one lane for encoding a slice: grows to the largest slice and is used again for each.</summary>
internal sealed class EncodeScratch
{
    /// <summary>The bits of the values, line by line, each with the samples of the window.</summary>
    public ulong[] Values { get; private set; } = [];

    /// <summary>Which samples a series has, series by series.</summary>
    public bool[] Visible { get; private set; } = [];

    /// <summary>Samples of a series that lacks some.</summary>
    public ulong[] SomeValues { get; } = new ulong[ChunkPlan.MostSamples];

    /// <summary>Their times.</summary>
    public long[] SomeTimes { get; } = new long[ChunkPlan.MostSamples];

    /// <summary>One chunk.</summary>
    public byte[] Chunk { get; } = new byte[XorChunk.MaxLength(ChunkPlan.MostSamples)];

    /// <summary>For native histograms.</summary>
    public HistogramChunks Histograms { get; } = new();

    /// <summary>Makes room for a slice.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="series">Its series.</param>
    /// <param name="samples">Samples of the window.</param>
    public void Reserve(int lines, int series, int samples)
    {
        if (Values.Length < lines * samples)
        {
            Values = new ulong[lines * samples];
        }

        if (Visible.Length < series * samples)
        {
            Visible = new bool[series * samples];
        }
    }
}
