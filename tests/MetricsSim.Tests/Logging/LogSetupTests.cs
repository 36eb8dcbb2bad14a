using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Hosting;
using MetricsSim.Logging;
using MetricsSim.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsSim.Tests.Logging;

public sealed class LogSetupTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_console_is_text_at_the_level()
    {
        Write(new LoggingOptions { Level = LogLevel.Information });
        Assert.Equal(
            """
            2026-01-05T12:00:00.000Z info     app.Part: Took 3 of "a\nb"
            2026-01-05T12:00:00.000Z error    app.Part: It broke
                System.InvalidOperationException: broken

            """,
            _error.ToString());
    }

    [Fact]
    public void Json_is_one_object_a_line_with_the_values()
    {
        Write(new LoggingOptions { Level = LogLevel.Information, Format = LogFormat.Json });
        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("info", first.GetProperty("level").GetString());
        Assert.Equal("app.Part", first.GetProperty("category").GetString());
        Assert.Equal("2026-01-05T12:00:00.000Z", first.GetProperty("time").GetString());
        Assert.Equal(3, first.GetProperty("fields").GetProperty("item_count").GetInt32());
        Assert.Equal("a\nb", first.GetProperty("fields").GetProperty("name").GetString());
        Assert.Contains("InvalidOperationException: broken", JsonDocument.Parse(lines[1]).RootElement.GetProperty("exception").GetString());
    }

    [Fact]
    public void Every_handler_has_its_own_level()
    {
        string path = _folder.File("app.log");
        Write(new LoggingOptions
        {
            Level = LogLevel.Information,
            Handlers = [new ConsoleHandlerOptions { Level = LogLevel.Error }, new FileHandlerOptions { Path = path, Level = LogLevel.Debug }],
        });

        Assert.Equal("error", Levels(_error.ToString()));
        Assert.Equal("debug info error", Levels(File.ReadAllText(path)));
    }

    [Fact]
    public void A_servers_chatter_is_left_out_until_debug_is_asked_for()
    {
        foreach ((LogLevel level, string expected) in new[] { (LogLevel.Information, "warning"), (LogLevel.Debug, "info warning") })
        {
            var error = new StringWriter();
            using (ILoggerFactory logs = LogSetup.Create(new LoggingOptions { Level = level }, _clock, error))
            {
                ILogger chatter = logs.CreateLogger("Microsoft.AspNetCore.Server");
                TestLog.Request(chatter);
                TestLog.Trouble(chatter);
            }

            Assert.Equal(expected, Levels(error.ToString()));
        }
    }

    [Fact]
    public async Task A_daemon_that_cannot_write_its_log_ends_with_3()
    {
        SimulatorConfig config = TestScenarios.Config();
        File.WriteAllText(_folder.File("file"), "");
        int exit = await Daemon.RunAsync(
            new DaemonOptions
            {
                Config = config with { Logging = new LoggingOptions { Handlers = [new FileHandlerOptions { Path = _folder.File("file/app.log") }] } },
                Error = _error,
            },
            CancellationToken.None);

        Assert.Equal(ExitCodes.CannotBindOrWrite, exit);
        Assert.StartsWith("metricssim: can't write the log file ", _error.ToString());
        Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Levels(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("20", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));

    private void Write(LoggingOptions options)
    {
        using ILoggerFactory logs = LogSetup.Create(options, _clock, _error);
        ILogger log = logs.CreateLogger("app.Part");
        TestLog.Detail(log);
        TestLog.Took(log, 3, "a\nb");
        TestLog.Broke(log, new InvalidOperationException("broken"));
    }
}

internal static partial class TestLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Detail")]
    public static partial void Detail(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took {ItemCount} of \"{Name}\"")]
    public static partial void Took(ILogger logger, int itemCount, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "It broke")]
    public static partial void Broke(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "request")]
    public static partial void Request(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "trouble")]
    public static partial void Trouble(ILogger logger);
}
