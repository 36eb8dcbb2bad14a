using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Grafana;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Dashboards;

/// <summary>The flags <c>--grafana --api-key</c>, and <c>integrations.grafana</c>.</summary>
internal sealed class GrafanaFlags
{
    private readonly Option<string> _grafana = new("--grafana")
    {
        Description = "Ask this Grafana too; without files, for its dashboards [default: integrations.grafana.url if enabled]",
        HelpName = "URL",
    };

    private readonly Option<string> _apiKey = new("--api-key")
    {
        Description = $"Its key [env: {GrafanaClient.KeyVariable}; default: integrations.grafana.api_key]",
        HelpName = "KEY",
    };

    /// <summary>What flags and environment set in the configuration.</summary>
    public IReadOnlyList<Setting> Settings => [new("integrations.grafana.api_key", _apiKey, GrafanaClient.KeyVariable)];

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _grafana, _apiKey }) command.Options.Add(option);
    }

    /// <summary>Adds what is wrong.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, SimulatorConfig? config, ICollection<string> problems)
    {
        var flag = Flags.Token(parse, _grafana);
        var (text, origin) = (flag ?? Enabled(config), flag is null ? "integrations.grafana.url" : _grafana.Name);
        if (text is not null && PrometheusAddress.Parse(text) is null) problems.Add($"{origin}: '{text}' is not an http or https address such as {GrafanaClient.Example}");
        if (Flags.Token(parse, _apiKey) is not null && text is null && config is not null) problems.Add("--api-key: there is no Grafana to use it for: add --grafana URL");
        if (config?.Document.Integrations.Grafana.ApiKey is { } key && key.Any(character => character is < ' ' or > '~')) problems.Add("--api-key: has characters that no key has");
    }

    /// <summary>Where the Grafana is; null for none.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="config">The configuration.</param>
    public PrometheusAddress? Address(ParseResult parse, SimulatorConfig config) => (Flags.Token(parse, _grafana) ?? Enabled(config)) is { } text ? PrometheusAddress.Parse(text) : null;

    private static string? Enabled(SimulatorConfig? config) => config?.Document.Integrations.Grafana is { Enabled: true } grafana ? grafana.Url : null;
}
