using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Hosting;
using MetricsSim.Wire;

namespace MetricsSim.Cli;

/// <summary><c>render</c>: steps a world offline and prints its page. The same arguments give the same bytes.</summary>
internal sealed class RenderCommand : CliCommand
{
    private const int PageBuffer = 256 * 1024;
    private const long TicksBetweenLooks = 64;

    private readonly ScenarioOptions _scenario = new();

    private readonly Option<TimeSpan?> _at = new("--at")
    {
        Description = "Simulated time since the start, in whole ticks [default: 0s]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<long?> _ticks = new("--ticks")
    {
        Description = "The same, in ticks",
        HelpName = "N",
        CustomParser = Flags.WholeNumber<long?>(0, long.MaxValue, value => value),
    };

    private readonly Option<string> _as = new("--as")
    {
        Description = "Format of the page: text (0.0.4), openmetrics (1.0.0) or protobuf (delimited)",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<bool> _timestamps = new("--timestamps") { Description = "Put the simulated time behind every value" };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public RenderCommand(SharedOptions shared)
        : base("render", "Print the metrics page of a simulated time, offline: the same bytes every time", shared)
    {
        _as.AcceptOnlyFromAmong("text", "openmetrics", "protobuf");
        foreach (var option in new Option[] { _at, _ticks, _as, _timestamps }) Options.Add(option);
        _scenario.AddTo(this);
        Options.Add(Users);
        Options.Add(Shard);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

    /// <inheritdoc />
    protected override Option<string> Shard { get; } = SharedOptions.Shard();

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _scenario.Resolve(parse, terminal.Variable, config, problems);
        if (Flags.Token(parse, _at) is not null && Flags.Token(parse, _ticks) is not null)
            problems.Add("--at and --ticks say the same thing: give one of them");
        if (config is not null && Flags.ValueUnlessBad(parse, _at) is { } at && at.Ticks % config.World.Tick.Ticks != 0)
            problems.Add($"--at: {DurationText.Format(at)} is not a whole number of ticks of {DurationText.Format(config.World.Tick)}");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        var options = invocation.Config.World;
        var start = _scenario.Resolve(invocation.Parse, invocation.Terminal.Variable, invocation.Config, []);
        var ticks = invocation.Parse.GetValue(_ticks) ?? (invocation.Parse.GetValue(_at) ?? TimeSpan.Zero).Ticks / options.Tick.Ticks;
        var format = invocation.Parse.GetValue(_as) switch
        {
            "openmetrics" => ExpositionFormat.OpenMetrics100,
            "protobuf" => ExpositionFormat.Protobuf,
            _ => ExpositionFormat.Text004,
        };
        var lanes = ThreadLanes.For(invocation.Threads, options);
        using var _ = lanes as IDisposable;

        // On another thread, so that an interrupt need not wait for a large world.
        await Task.Run(() => Render(invocation.Terminal, new World(options, lanes), start, ticks, format, invocation.Parse.GetValue(_timestamps), stop), stop)
            .WaitAsync(stop);
        return ExitCodes.Ok;
    }

    private static void Render(Terminal terminal, World world, StartSimulation? start, long ticks, ExpositionFormat format, bool timestamps, CancellationToken stop)
    {
        if (start is not null && world.Apply(start) is { Applied: false, Detail: var detail }) throw new InvalidOperationException(detail);
        for (var left = ticks; left > 0; left -= TicksBetweenLooks)
        {
            stop.ThrowIfCancellationRequested();
            world.Step(Math.Min(left, TicksBetweenLooks));
        }

        var snapshot = new Snapshot(world.Layout);
        world.CopyTo(snapshot);
        var layout = new PageLayout(world.Layout, format, world.Options.Telemetry.Created);
        var page = new PageWriter([new PagePart(layout, snapshot)], timestamps);
        var buffer = new byte[Math.Max(PageBuffer, page.MinimumBuffer)];
        bool more;
        do
        {
            stop.ThrowIfCancellationRequested();
            more = page.Fill(buffer, out var written);
            terminal.Write(buffer.AsSpan(0, written));
        }
        while (more);
    }
}
