using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MetricsSim.Tests.Support;

/// <summary>The real program as a process: run to its end, or as a daemon on free ports that is killed with the test.</summary>
internal sealed partial class MetricsSimProcess : IAsyncDisposable
{
    /// <summary>Signals by the names that <c>kill</c> knows.</summary>
    public const string Interrupt = "INT", Terminate = "TERM";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Variables =
        ["CONFIG_FILE", "SCENARIO", "USERS", "DURATION", "SEED", "LOG_LEVEL", "PROMETHEUS_URL", "METRICSSIM_API_KEY", "NO_COLOR"];

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<Match> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;
    private readonly Task _errors;

    private MetricsSimProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    /// <summary>The built program beside the tests.</summary>
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "metricssim.dll");

    /// <summary>Base address of the control API, once it serves.</summary>
    public Uri Control { get; private set; } = new("http://localhost");

    /// <summary>Address of the metrics page, once it serves.</summary>
    public Uri Metrics { get; private set; } = new("http://localhost");

    /// <summary>A client for the daemon.</summary>
    public HttpClient Http { get; } = new() { Timeout = Patience };

    /// <summary>What it wrote to standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="args">Arguments.</param>
    /// <param name="environment">Variables; those that the program knows are unset otherwise.</param>
    /// <param name="directory">Working directory; null is an empty one.</param>
    /// <returns>How it ended.</returns>
    public static async Task<Finished> RunAsync(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        await using var program = Start(args, environment, directory);
        return await program.EndAsync();
    }

    /// <summary>Starts a command. A shell starts background jobs with SIGINT ignored, which a program then keeps: the tests undo that.</summary>
    /// <param name="args">Arguments.</param>
    /// <param name="environment">Variables; those that the program knows are unset otherwise.</param>
    /// <param name="directory">Working directory; null is one without a configuration.</param>
    /// <returns>The running program.</returns>
    public static MetricsSimProcess Start(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? directory = null) =>
        OperatingSystem.IsLinux()
            ? new(StartInfo("env", ["--default-signal=INT", "dotnet", Dll, .. args], environment, directory))
            : new(StartInfo("dotnet", [Dll, .. args], environment, directory));

    /// <summary>Runs a line of bash in which <c>$metricssim</c> is the program.</summary>
    /// <param name="line">The line.</param>
    /// <returns>How it ended.</returns>
    public static async Task<Finished> ShellAsync(string line)
    {
        await using var shell = new MetricsSimProcess(
            StartInfo("bash", ["-c", line], new Dictionary<string, string>(StringComparer.Ordinal) { ["metricssim"] = $"dotnet {Dll}" }, null));
        return await shell.EndAsync();
    }

    /// <summary>Starts <c>serve</c> on free ports of the local host and waits until it is ready.</summary>
    /// <param name="args">Further arguments; with neither a journal nor a directory it keeps no journal.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="directory">Working directory; null is one without a configuration.</param>
    /// <param name="metricsPort">Port of the metrics page; 0 takes a free one.</param>
    /// <param name="port">Control port; 0 takes a free one.</param>
    /// <param name="shell">Commands of bash that come first, e.g. limits; null for none.</param>
    /// <returns>The daemon, killed when disposed.</returns>
    public static async Task<MetricsSimProcess> ServeAsync(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, int metricsPort = 0,
        int port = 0, string? shell = null)
    {
        // Without a directory of its own it would leave its files in one that is shared.
        string[] given = [.. args];
        string[] unsaid = [.. new[] { "--ground-truth", "--journal" }.Where(flag => directory is null && !given.Contains(flag))];
        string[] serve = ["serve", "--port", $"{port}", "--metrics-port", $"{metricsPort}", .. unsaid.SelectMany(flag => new[] { flag, "off" }), .. given];
        var daemon = shell is null
            ? Start(serve, environment, directory)
            : new(StartInfo("bash", ["-c", $"{shell}; exec dotnet \"$@\"", "bash", Dll, .. serve], environment, directory));
        try
        {
            var ports = await daemon._listening.Task.WaitAsync(Patience);
            daemon.Control = new Uri($"http://localhost:{ports.Groups["control"].Value}/");
            daemon.Metrics = new Uri($"http://localhost:{ports.Groups["metrics"].Value}/metrics");
            await daemon.UntilReadyAsync();
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has written a line to standard error.</summary>
    /// <returns>A task that ends with the first line, or fails.</returns>
    public Task UntilFirstErrorLineAsync() => _firstError.Task.WaitAsync(Patience);

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its name without SIG.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit(Patience);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>How it ended.</returns>
    public async Task<Finished> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await _errors;
        return new Finished(_process.ExitCode, await _output, Error);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _errors;
        _process.Dispose();
        Http.Dispose();
    }

    private static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment, string? directory)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (var variable in Variables) start.Environment.Remove(variable);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error) _error.Append(line).Append('\n');
            _firstError.TrySetResult();
            if (Listening().Match(line) is { Success: true } ports) _listening.TrySetResult(ports);
        }

        var ended = new InvalidOperationException($"The program ended:\n{Error}");
        _listening.TrySetException(ended);
        _firstError.TrySetException(ended);
    }

    private async Task UntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            using var answer = await Http.GetAsync(new Uri(Control, "ready"), patience.Token);
            if (answer.IsSuccessStatusCode) return;
        }
        while (await pause.WaitForNextTickAsync(patience.Token));
    }

    [GeneratedRegex(@"Control on http://[^ ]+:(?<control>\d+), metrics on http://[^ ]+:(?<metrics>\d+)/metrics", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Exit code; 128 + the signal's number if one killed it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Finished(int ExitCode, string Output, string Error);
