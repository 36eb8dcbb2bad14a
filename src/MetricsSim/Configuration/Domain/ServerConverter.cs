using System.Net;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>server</c>.</summary>
internal static class ServerConverter
{
    /// <summary>Converts it, but the tick.</summary>
    public static ServerOptions Convert(ServerSection section, Report report)
    {
        if (section.Port == section.MetricsPort && section.Port != 0 && !report.Failed("server.port") && !report.Failed("server.metrics_port"))
            report.Error(report.FirstSet("server.metrics_port", "server.port"), $"port and metrics_port are both {section.Port}; they must differ");

        CheckHost(section, report);
        return new ServerOptions
        {
            Host = section.Host,
            Port = section.Port,
            MetricsPort = section.MetricsPort,
            MaxConnections = section.MaxConnections,
            ApiKey = string.IsNullOrEmpty(section.ApiKey) ? null : section.ApiKey,
        };
    }

    /// <summary>Converts <c>server.update_interval</c>.</summary>
    public static TimeSpan Tick(ServerSection section, Report report)
    {
        if (section.UpdateInterval.Ticks % TimeSpan.TicksPerMicrosecond != 0)
            report.Error("server.update_interval", "must be a whole number of µs");
        return section.UpdateInterval;
    }

    private static void CheckHost(ServerSection section, Report report)
    {
        const string Path = "server.host";
        if (report.Failed(Path) || section.Host == "localhost") return;
        if (section.Host != "*" && !IPAddress.TryParse(section.Host, out _))
        {
            report.Error(Path, $"expected localhost, an IP address, or * for all addresses, got {Quoting.Quote(section.Host)}");
            return;
        }

        var isLoopback = section.Host != "*" && IPAddress.IsLoopback(IPAddress.Parse(section.Host));
        if (isLoopback || !string.IsNullOrEmpty(section.ApiKey) || report.Failed("server.api_key")) return;
        report.Error(
            Path,
            $"{section.Host} can be reached from other machines, so changing calls need a key: "
            + "set METRICSSIM_API_KEY or server.api_key, or use localhost");
    }
}
