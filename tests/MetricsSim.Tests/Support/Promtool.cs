namespace MetricsSim.Tests.Support;

/// <summary>Prometheus's own tool: what it takes, a Prometheus takes.</summary>
internal static class Promtool
{
    /// <summary><c>promtool check metrics</c> on a page in text 0.0.4: exit code 0 without a remark, 3 with lints (on stderr), 1 where it can't be parsed.</summary>
    public static Task<ProgramResult> Check(string page) => Run(page, "check", "metrics");

    /// <summary><c>promtool tsdb create-blocks-from openmetrics</c> on a page in OpenMetrics with timestamps.</summary>
    public static Task<ProgramResult> CreateBlocks(string page, TemporaryDirectory directory) =>
        Run("", "tsdb", "create-blocks-from", "openmetrics", directory.Write("page.om", page), directory.File("data"));

    /// <summary>What <see cref="CreateBlocks"/> stored: one line <c>{labels} value milliseconds</c> per sample.</summary>
    public static Task<ProgramResult> Dump(TemporaryDirectory directory)
    {
        // The dump of 2.42 wants a write-ahead log, even an empty one.
        Directory.CreateDirectory(Path.Combine(directory.File("data"), "wal"));
        return Run("", "tsdb", "dump", directory.File("data"));
    }

    private static Task<ProgramResult> Run(string input, params string[] arguments) =>
        Programs.Run(Programs.Prometheus("promtool"), input, arguments);
}
