using System.CommandLine;
using System.Globalization;
using MetricsSim.Api;
using MetricsSim.Configuration;
using MetricsSim.Core.Scenarios;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary><c>scenarios show ID</c>: all of a scenario.</summary>
internal sealed class ScenariosShowCommand : CliCommand
{
    private const int BarWidth = 64;

    private readonly Argument<string> _id = new("ID") { Description = "The scenario; see 'metricssim scenarios list'" };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public ScenariosShowCommand(SharedOptions shared)
        : base("show", "Show a scenario: its timeline, what must hold, what an investigation should find", shared) => Arguments.Add(_id);

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        if (parse.GetResult(_id)?.Tokens is [var id] && config is not null && !config.World.Scenarios.ContainsKey(id.Value))
            problems.Add(ScenarioOptions.UnknownScenario(id.Value, config));
    }

    /// <inheritdoc />
    protected override Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var scenario = invocation.Config.World.Scenarios[invocation.Parse.GetRequiredValue(_id)];
        if (invocation.Json) invocation.Terminal.Write(Json.Text(ScenarioDetail.Of(scenario)));
        else invocation.Terminal.Render(invocation.NoColor, console => Draw(console, scenario));
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Draw(IAnsiConsole console, Scenario scenario)
    {
        console.MarkupLine($"[bold]{Markup.Escape(scenario.Id)}[/]  {Markup.Escape(scenario.Name)}");
        if (scenario.Description.Length > 0) console.WriteLine(scenario.Description.Trim());
        console.WriteLine();
        console.Write(Facts(scenario));
        console.WriteLine();
        foreach (var line in TimelineBar.Lines(scenario, Math.Min(BarWidth, console.Profile.Width - 2))) console.WriteLine($"  {line}");
        console.Write(Timeline(scenario));
        List(console, "Must hold", scenario.Assertions.Select(assertion =>
            $"{assertion.Metric} {assertion.Condition}{(assertion.Window is { } window ? $" over the last {DurationText.Format(window)}" : "")}"));
        List(console, "An investigation should find", Findings(scenario.Expected));
        List(console, "Context", scenario.Context.Select(fact => $"{fact.Key}: {fact.Value}"));
    }

    private static Grid Facts(Scenario scenario)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        foreach (var (key, value) in new[]
                 {
                     ("duration", DurationText.Format(scenario.Duration)), ("difficulty", scenario.Difficulty), ("severity", scenario.Severity),
                     ("service", scenario.Service), ("tags", string.Join(", ", scenario.Tags)),
                 })
        {
            if (!string.IsNullOrEmpty(value)) grid.AddRow(key, Markup.Escape(value));
        }

        return grid;
    }

    private static Table Timeline(Scenario scenario)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("time").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("event").NoWrap()).AddColumn("parameters").AddColumn("description");
        for (var i = 0; i < scenario.Timeline.Count; i++)
        {
            var entry = scenario.Timeline[i];
            table.AddRow(
                TimelineBar.Mark(i),
                DurationText.Format(entry.Time),
                Markup.Escape(entry.Event.Name),
                Markup.Escape(Parameters(entry.Event)),
                Markup.Escape(entry.Description));
        }

        return table;
    }

    private static string Parameters(ScenarioEvent of) => string.Join(", ", EventJson.Of(of).Select(parameter => parameter.Key switch
    {
        "duration" or "retry_after" => $"{parameter.Key} {DurationText.Format(DurationText.FromSeconds(Convert.ToDouble(parameter.Value!.GetValue<object>(), CultureInfo.InvariantCulture)))}",
        _ => $"{parameter.Key} {parameter.Value}",
    }));

    private static IEnumerable<string> Findings(ExpectedOutcome? expected)
    {
        if (expected is null) yield break;
        if (expected.RootCause is not null) yield return $"root cause: {expected.RootCause}";
        if (expected.Severity is not null) yield return $"severity: {expected.Severity}";
        if (expected.ActionTypes.Count > 0) yield return $"actions: {string.Join(", ", expected.ActionTypes)}";
        if (expected.Alerts.Count > 0) yield return $"alerts: {string.Join(", ", expected.Alerts)}";
    }

    private static void List(IAnsiConsole console, string title, IEnumerable<string> items)
    {
        var lines = items.ToList();
        if (lines.Count == 0) return;
        console.WriteLine();
        console.WriteLine(title);
        foreach (var line in lines) console.WriteLine($"  {line}");
    }
}
