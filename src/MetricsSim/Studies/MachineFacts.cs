using System.Runtime.InteropServices;
using MetricsSim.Exposition;

namespace MetricsSim.Studies;

/// <summary>What measured.</summary>
/// <param name="Processor">Its name, as far as the system tells it.</param>
/// <param name="Cores">Processors that this program may use.</param>
/// <param name="MemoryBytes">Memory there is, or that a container leaves.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">What this program runs on.</param>
/// <param name="Version">Of this program.</param>
/// <param name="Prometheus">Version of the Prometheus.</param>
internal sealed record MachineFacts(string Processor, int Cores, long MemoryBytes, string System, string Runtime, string Version, string Prometheus)
{
    /// <summary>Looks around.</summary>
    /// <param name="prometheus">Version of the Prometheus.</param>
    public static MachineFacts Here(string prometheus) => new(
        ProcessorName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, BuildVersion.Text, prometheus);

    private static string ProcessorName()
    {
        const string Key = "model name";
        try
        {
            if (File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line)
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or shut away.
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
