namespace MetricsSim.Studies;

/// <summary>What a size needs, roughly, and what there is. The figures are those of measured studies, rounded up.</summary>
/// <param name="DiskBytes">On the disk of the work directory.</param>
/// <param name="MemoryBytes">Of this program and the server together.</param>
internal sealed record Room(long DiskBytes, long MemoryBytes)
{
    private const double ChunkBytesPerSample = 1.6;
    private const double IndexBytesPerSeries = 300;
    private const double LogBytesPerSeries = 800;
    private const double SmallestMemory = 200e6;
    private const double MemoryBytesPerSeries = 5_500;

    /// <summary>What a size needs.</summary>
    /// <param name="series">Series.</param>
    /// <param name="samplesOfEach">Samples of each in the history.</param>
    public static Room NeededBy(double series, long samplesOfEach) => new(
        (long)(series * ((ChunkBytesPerSample * samplesOfEach) + IndexBytesPerSeries + LogBytesPerSeries)),
        (long)(SmallestMemory + (series * MemoryBytesPerSeries)));

    /// <summary>What there is.</summary>
    /// <param name="directory">The work directory, which exists.</param>
    public static Room In(string directory) => new(new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace, FreeMemory());

    /// <summary>What is missing, a sentence.</summary>
    /// <param name="there">What there is.</param>
    /// <returns>Null when it is enough.</returns>
    public string? Lacks(Room there) =>
        DiskBytes > there.DiskBytes ? $"needs about {Text(DiskBytes)} of disk, and there are {Text(there.DiskBytes)}: give another --work-dir"
        : MemoryBytes > there.MemoryBytes ? $"needs about {Text(MemoryBytes)} of memory, and there are {Text(there.MemoryBytes)}"
        : null;

    private static string Text(long bytes) => bytes >= 1e9 ? $"{bytes / 1e9:0.0} GB" : $"{bytes / 1e6:0} MB";

    /// <summary>Memory that can be had without pushing others out, within the limit of a container.</summary>
    private static long FreeMemory()
    {
        const string Key = "MemAvailable:";
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        try
        {
            if (File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line)
                return Math.Min(limit, long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // Not Linux, or shut away: what the runtime knows must do.
        }

        return limit;
    }
}
