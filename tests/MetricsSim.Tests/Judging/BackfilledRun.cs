using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Tests.Judging;

/// <summary>A run as a scraper would have written it down: pages of OpenMetrics with simulated times, without the end mark.</summary>
internal static class BackfilledRun
{
    private static readonly byte[] End = "# EOF\n"u8.ToArray();

    /// <summary>Plays a run and writes a page every so often, the first one at its start.</summary>
    public static void Write(Stream file, WorldOptions options, StartSimulation start, TimeSpan length, TimeSpan interval)
    {
        var world = new World(options);
        Assert(world.Apply(start).Applied);
        var layout = new PageLayout(world.Layout, ExpositionFormat.OpenMetrics100);
        var snapshot = new Snapshot(world.Layout);
        var buffer = new byte[4 * 1024 * 1024];
        for (var at = TimeSpan.Zero; at <= length; at += interval)
        {
            if (at > TimeSpan.Zero) world.Step((long)(interval / options.Tick));
            world.CopyTo(snapshot);
            var page = new PageWriter([new(layout, snapshot)], timestamps: true);
            bool more;
            do
            {
                more = page.Fill(buffer, out var written);
                var text = buffer.AsSpan(0, written);
                file.Write(text.EndsWith(End) ? text[..^End.Length] : text);
            }
            while (more);
        }
    }

    /// <summary>Ends the file.</summary>
    public static void Finish(Stream file) => file.Write(End);

    private static void Assert(bool applied)
    {
        if (!applied) throw new InvalidOperationException("The scenario can't be started.");
    }
}
