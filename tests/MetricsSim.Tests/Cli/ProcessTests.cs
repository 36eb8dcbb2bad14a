using System.Text.Json;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>The real program, as a shell sees it: exit codes, streams, signals.</summary>
public sealed class ProcessTests : IDisposable
{
    // A key without effect makes a warning, which tells that a command has begun.
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yml");

    public ProcessTests() => File.WriteAllText(_file, "development: {mock_external_services: true}\n");

    [Fact]
    public async Task A_bad_command_line_is_2() => Assert.Equal(2, (await MetricsSimProcess.RunAsync(["serve", "--nonsense"])).ExitCode);

    [Fact]
    public async Task A_reader_that_leaves_ends_render_quietly()
    {
        var end = await MetricsSimProcess.ShellAsync("$metricssim render --users 2000 | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Single(end.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_full_disk_is_reported()
    {
        var end = await MetricsSimProcess.ShellAsync("$metricssim render > /dev/full");
        Assert.Equal((3, "metricssim: can't write the output: No space left on device\n"), (end.ExitCode, end.Error.Split(" : ")[0]));
    }

    [Theory]
    [InlineData(MetricsSimProcess.Interrupt)]
    [InlineData(MetricsSimProcess.Terminate)]
    public async Task A_signal_ends_serve_cleanly(string signal)
    {
        await using var daemon = await MetricsSimProcess.ServeAsync(["--users", "5"]);
        var page = await daemon.Http.GetStringAsync(daemon.Metrics, TestContext.Current.CancellationToken);
        daemon.Signal(signal);
        var end = await daemon.EndAsync();
        Assert.Contains("user_id=\"user_004\"", page, StringComparison.Ordinal);
        Assert.Equal((0, ""), (end.ExitCode, end.Output));
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_leaves_the_ground_truth_of_what_was_going_on()
    {
        using var directory = new TemporaryDirectory();
        await using var daemon = await MetricsSimProcess.ServeAsync(["--users", "5", "--journal", "off"], directory: directory.Path);
        var path = directory.File(".metricssim/ground-truth.json");
        await daemon.Http.PostAsync(new Uri(daemon.Control, "api/v1/faults"), new StringContent("""{"type":"total_outage"}"""), TestContext.Current.CancellationToken);
        daemon.Signal(MetricsSimProcess.Terminate);
        Assert.Equal(0, (await daemon.EndAsync()).ExitCode);
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        TruthSchema.Check(truth.RootElement);
        var incident = Assert.Single(truth.RootElement.EnumerateArray());
        Assert.Equal(("total_outage", JsonValueKind.Null), (incident.GetProperty("kind").GetString(), incident.GetProperty("end").ValueKind));
        Assert.InRange(incident.GetProperty("wall_start").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!, "ground-truth*"));
    }

    [Fact]
    public async Task A_ground_truth_that_cannot_be_written_is_reported_and_not_fatal()
    {
        await using var daemon = await MetricsSimProcess.ServeAsync(["--users", "5", "--ground-truth", "/dev/null/truth.json"]);
        await daemon.Http.PostAsync(new Uri(daemon.Control, "api/v1/faults"), new StringContent("""{"type":"total_outage","duration":1}"""), TestContext.Current.CancellationToken);
        Assert.Contains("user_id", await daemon.Http.GetStringAsync(daemon.Metrics, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        daemon.Signal(MetricsSimProcess.Terminate);
        var end = await daemon.EndAsync();
        Assert.Equal(3, end.ExitCode);
        Assert.Single(end.Error.Split('\n'), line => line.Contains("Can't write the ground truth to /dev/null/truth.json", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MetricsSimProcess.Interrupt)]
    [InlineData(MetricsSimProcess.Terminate)]
    public async Task A_signal_ends_render_with_130(string signal)
    {
        await using var program = MetricsSimProcess.Start(["render", "--config", _file, "--users", "5000", "--at", "365d"]);
        await program.UntilFirstErrorLineAsync();
        program.Signal(signal);
        var end = await program.EndAsync();
        Assert.Equal((130, ""), (end.ExitCode, end.Output));
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_names_what_it_serves_and_warns_once()
    {
        await using var daemon = await MetricsSimProcess.ServeAsync(["--config", _file, "--users", "7", "--seed", "9"]);
        daemon.Signal(MetricsSimProcess.Terminate);
        var end = await daemon.EndAsync();
        Assert.Contains("7 users, seed 9, tick ", end.Error, StringComparison.Ordinal);
        Assert.Contains($":{daemon.Metrics.Port}/metrics", end.Error, StringComparison.Ordinal);
        Assert.Single(end.Error.Split('\n'), line => line.Contains("mock_external_services", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', end.Error);
    }

    [Fact]
    public async Task A_taken_port_is_3_and_one_line()
    {
        await using var first = await MetricsSimProcess.ServeAsync(["--users", "5"]);
        var second = await MetricsSimProcess.RunAsync(["serve", "--users", "5", "--journal", "off", "--port", $"{first.Control.Port}", "--metrics-port", "0"]);
        Assert.Equal(3, second.ExitCode);
        Assert.Single(second.Error.TrimEnd('\n').Split('\n'), line => line.StartsWith("metricssim: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_logs_json_when_asked()
    {
        await using var daemon = MetricsSimProcess.Start(["serve", "--json", "--users", "5", "--journal", "off", "--ground-truth", "off", "--port", "0", "--metrics-port", "0"]);
        await daemon.UntilFirstErrorLineAsync();
        daemon.Signal(MetricsSimProcess.Terminate);
        var end = await daemon.EndAsync();
        Assert.All(end.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("{\"time\":", line, StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(_file);
}
