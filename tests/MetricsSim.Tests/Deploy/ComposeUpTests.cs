using System.Runtime.Versioning;
using System.Text.Json;
using MetricsSim.Tests.EndToEnd;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Deploy;

/// <summary>The stack in its containers, where an engine and all its images are at hand; elsewhere it says what is missing.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(nameof(AloneOnTheMachine))]
public sealed class ComposeUpTests
{
    private static readonly YamlMap Services = DeployFiles.Yaml("docker-compose.dev.yml").Map("services");

    [Fact]
    public async Task Comes_up_healthy_and_is_wired()
    {
        var need = await Programs.Run("/bin/bash", "", DeployFiles.PathOf("scripts/need-docker.sh"), "compose");
        Assert.SkipWhen(need.ExitCode == 4, need.Error.ReplaceLineEndings(" "));
        string[] up = [.. Services.Keys.Where(name => Services.Map(name).Texts("profiles").Length == 0)];
        foreach (var image in up.Select(name => Services.Map(name).Text("image")).Distinct())
            Assert.SkipWhen((await DockerAsync("image", "inspect", image)).ExitCode != 0, $"The image {image} is not here: make dev-env fetches and builds all, then run this again.");

        using var directory = new TemporaryDirectory();
        var stack = new Stack($"metricssim-test-{Guid.NewGuid():N}"[..24], directory.Write("ports.yml", FreePorts(up)));
        try
        {
            var started = await stack.ComposeAsync("up", "--detach", "--no-build", "--pull", "never", "--wait", "--wait-timeout", "100");
            Assert.True(started.ExitCode == 0, started.Error);
            await CheckAsync(stack);
        }
        finally
        {
            var ended = await stack.ComposeAsync("down", "--volumes", "--timeout", "5");
            Assert.True(ended.ExitCode == 0, ended.Error);
        }
    }

    private static async Task CheckAsync(Stack stack)
    {
        using var http = new HttpClient { Timeout = RunningDaemon.Patience };
        var prometheus = await stack.AddressAsync("prometheus", 9090);
        // Every job of its configuration has been scraped.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        HashSet<string> wanted = ["metricssim", "otel-collector", "prometheus", "alertmanager", "grafana"];
        while (!(await UpAsync(http, prometheus)).SetEquals(wanted)) await pause.WaitForNextTickAsync(limit.Token);

        var grafana = await stack.AddressAsync("grafana", 3000);
        using var found = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{grafana}/api/search?type=dash-db")));
        var shipped = Directory.GetFiles(DeployFiles.PathOf("dashboards"), "*.json").Select(file => "metricssim-" + Path.GetFileNameWithoutExtension(file));
        Assert.Equal(shipped.Order(StringComparer.Ordinal), found.RootElement.EnumerateArray().Select(one => one.GetProperty("uid").GetString()!).Order(StringComparer.Ordinal));

        var page = await http.GetStringAsync(new Uri($"{await stack.AddressAsync("nginx", 8080)}/metrics"));
        Assert.Contains("otel_claude_code_session_count_total", page, StringComparison.Ordinal);
    }

    private static async Task<HashSet<string>> UpAsync(HttpClient http, string prometheus)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{prometheus}/api/v1/query?query={Uri.EscapeDataString("up == 1")}")));
        return [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => one.GetProperty("metric").GetProperty("job").GetString()!)];
    }

    /// <summary>The published ports on free ones of the host, so that a stack that runs already is left alone.</summary>
    private static string FreePorts(IEnumerable<string> names) => "services:\n" + string.Concat(
        from name in names
        let ports = Services.Map(name).Texts("ports")
        where ports.Length > 0
        select $"  {name}:\n    ports: !override [{string.Join(", ", ports.Select(port => $"\"127.0.0.1::{port.Split(':')[^1]}\""))}]\n");

    private static Task<ProgramResult> DockerAsync(params string[] arguments) => Programs.Run("docker", "", arguments);

    private sealed record Stack(string Project, string Ports)
    {
        public Task<ProgramResult> ComposeAsync(params string[] arguments) =>
            DockerAsync(["compose", "-p", Project, "-f", DeployFiles.PathOf("docker-compose.dev.yml"), "-f", Ports, .. arguments]);

        public async Task<string> AddressAsync(string service, int port)
        {
            var answer = await ComposeAsync("port", service, $"{port}");
            Assert.True(answer.ExitCode == 0, answer.Error);
            return $"http://{answer.Output.Trim()}";
        }
    }
}
