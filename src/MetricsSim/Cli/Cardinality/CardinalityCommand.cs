using System.CommandLine;
using MetricsSim.Cli.Live;
using MetricsSim.Configuration;
using MetricsSim.Prometheus;
using Spectre.Console;

namespace MetricsSim.Cli.Cardinality;

/// <summary><c>cardinality</c>: series that a configuration makes, or that a Prometheus has, against the limits of the configuration.</summary>
internal sealed class CardinalityCommand : CliCommand
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(5);

    private readonly Option<string> _prometheus = new("--prometheus")
    {
        Description = "Look at the head of this Prometheus instead of predicting from the configuration",
        HelpName = "URL",
    };

    private readonly Option<TimeSpan?> _watch = new("--watch")
    {
        Description = "With --prometheus, look again and again until Ctrl+C [default: every 5s]",
        HelpName = "INTERVAL",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? UsualInterval : Flags.Duration(result),
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public CardinalityCommand(SharedOptions shared)
        : base("cardinality", "Count series, predicted from a configuration or in a Prometheus, against benchmarks.cardinality_limits", shared)
    {
        foreach (var option in new Option[] { Users, Shard, _prometheus, _watch }) Options.Add(option);
        Subcommands.Add(new CardinalityStudyCommand(shared));
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

    /// <inheritdoc />
    protected override Option<string> Shard { get; } = SharedOptions.Shard();

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        var url = Flags.Token(parse, _prometheus);
        if (url is not null && PrometheusAddress.Parse(url) is null)
            problems.Add($"--prometheus: '{url}' is not an http or https address such as {PrometheusAddress.Example}");
        if (Flags.ValueUnlessBad(parse, _watch) == TimeSpan.Zero) problems.Add("--watch: must be longer than 0");
        if (parse.GetResult(_watch) is not null && parse.GetResult(_prometheus) is null)
            problems.Add("--watch: a configuration does not change: add --prometheus URL");
        foreach (var option in new Option[] { Users, Shard }.Where(option => parse.GetResult(_prometheus) is not null && parse.GetResult(option) is { Implicit: false }))
            problems.Add($"{option.Name}: means nothing with --prometheus, which has the series it has");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        if (Flags.Token(invocation.Parse, _prometheus) is not { } url)
        {
            // Off this thread: a large population takes seconds, in which an interrupt must be seen.
            var prediction = await Task.Run(() => Prediction.Of(invocation.Config), stop).WaitAsync(stop);
            if (invocation.Json) invocation.Terminal.Write(Json.Text(prediction));
            else invocation.Terminal.Render(invocation.NoColor, console => console.Write(CardinalityTables.Of(prediction)));
            return Code(prediction.Limits);
        }

        using var client = new PrometheusClient(PrometheusAddress.Parse(url)!);
        try
        {
            if (invocation.Parse.GetValue(_watch) is { } interval) return await WatchAsync(invocation, client, interval, stop);
            var reading = await ReadAsync(invocation, client, stop);
            Show(invocation, reading);
            return Code(reading.Limits);
        }
        catch (PrometheusException failure)
        {
            await invocation.Terminal.Error.WriteLineAsync($"metricssim: {failure.Message}");
            return ExitCodes.MissingDependency;
        }
    }

    /// <summary>An interrupt is the good end of this; the code is that of the latest reading.</summary>
    private static async Task<int> WatchAsync(Invocation invocation, PrometheusClient client, TimeSpan interval, CancellationToken stop)
    {
        HeadReading? latest = null;
        using var timer = new PeriodicTimer(interval);
        try
        {
            latest = await ReadAsync(invocation, client, stop);
            if (invocation.Terminal.Interactive && !invocation.Json)
            {
                await LiveView.ConsoleOn(invocation.Terminal, invocation.NoColor).Live(CardinalityTables.Of(latest)).StartAsync(async view =>
                {
                    while (await timer.WaitForNextTickAsync(stop)) view.UpdateTarget(CardinalityTables.Of(latest = await ReadAsync(invocation, client, stop)));
                });
            }
            else
            {
                Show(invocation, latest);
                while (await timer.WaitForNextTickAsync(stop)) Show(invocation, latest = await ReadAsync(invocation, client, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As asked.
        }

        return latest is null ? ExitCodes.Interrupted : Code(latest.Limits);
    }

    private static Task<HeadReading> ReadAsync(Invocation invocation, PrometheusClient client, CancellationToken stop) =>
        HeadReading.ReadAsync(client, invocation.Config.Document.Benchmarks.CardinalityLimits, stop);

    private static void Show(Invocation invocation, HeadReading reading)
    {
        if (invocation.Json) invocation.Terminal.Write(Json.Text(reading));
        else invocation.Terminal.Render(invocation.NoColor, console => console.Write(CardinalityTables.Of(reading)));
    }

    private static int Code(IEnumerable<LimitCheck> limits) => limits.All(limit => limit.Kept) ? ExitCodes.Ok : ExitCodes.NegativeVerdict;
}
