namespace MetricsSim.Learning;

/// <summary>How long the counters of a page have risen for, which one reading of them needs to tell a rate.</summary>
/// <param name="families">The page's families.</param>
/// <param name="readAt">When the page was read: seconds since the Unix epoch.</param>
/// <param name="given">What the user says, or null.</param>
internal sealed class CounterAge(IReadOnlyList<FamilyProfile> families, double readAt, TimeSpan? given)
{
    private static readonly TimeSpan Assumed = TimeSpan.FromHours(1);

    private readonly double _now = ValueOf(families, "node_time_seconds") ?? readAt;
    private readonly double? _processStart = ValueOf(families, "process_start_time_seconds");
    private readonly double? _bootTime = ValueOf(families, "node_boot_time_seconds");

    /// <summary>The age of a family's counters.</summary>
    /// <param name="family">Name of the family.</param>
    /// <returns>Seconds, &gt; 0, and where they are from.</returns>
    public (double Seconds, string Basis) Of(string family)
    {
        if (given is { } age) return (age.TotalSeconds, "one reading, divided by the uptime given");
        // What the kernel counts, a node exporter passes on from the machine's start.
        if (family.StartsWith("node_", StringComparison.Ordinal) && Since(_bootTime) is { } boot) return (boot, "one reading, divided by the time since node_boot_time_seconds");
        if (Since(_processStart) is { } process) return (process, "one reading, divided by the time since process_start_time_seconds");
        return (Assumed.TotalSeconds, "one reading; an uptime of 1h is assumed");
    }

    private double? Since(double? start) => start is { } began && _now - began >= 1 ? _now - began : null;

    private static double? ValueOf(IReadOnlyList<FamilyProfile> families, string name) =>
        families.FirstOrDefault(family => family.Name == name)?.Seen is [{ Values: [.., var value] }] && value > 0 ? value : null;
}
