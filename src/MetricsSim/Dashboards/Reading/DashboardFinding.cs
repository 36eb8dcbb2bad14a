using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Reading;

/// <summary>Something in a dashboard that is wrong, or has no effect here.</summary>
/// <param name="Source">The file, or the server and uid.</param>
/// <param name="Path">Where in it: <c>$.panels[3].gridPos.w</c>; empty for all of it.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
internal sealed record DashboardFinding(string Source, string Path, string Message)
{
    /// <summary>One line, as names of files may have anything in them.</summary>
    public override string ToString() => Quoting.Plain(Path.Length == 0 ? $"{Source}: {Message}" : $"{Source}: {Path}: {Message}");
}

/// <summary>A dashboard that was read, or why it could not be.</summary>
/// <param name="Dashboard">Null with an error.</param>
/// <param name="Errors">Everything that is wrong.</param>
/// <param name="Warnings">What is left out.</param>
internal sealed record DashboardReading(Dashboard? Dashboard, IReadOnlyList<DashboardFinding> Errors, IReadOnlyList<DashboardFinding> Warnings);
