using MetricsSim.Api;
using MetricsSim.Configuration;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary><c>scenarios list</c>: one line for each scenario.</summary>
/// <param name="shared">The options that every command takes.</param>
internal sealed class ScenariosListCommand(SharedOptions shared)
    : CliCommand("list", "List the scenarios: id, name, duration, difficulty, severity, tags, events", shared)
{
    /// <inheritdoc />
    protected override Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var scenarios = invocation.Config.World.Scenarios.Values.OrderBy(scenario => scenario.Id, StringComparer.Ordinal).ToList();
        if (invocation.Json)
        {
            invocation.Terminal.Write(Json.Text(scenarios.Select(ScenarioRow.Of)));
            return Task.FromResult(ExitCodes.Ok);
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in new[] { "id", "name", "duration", "difficulty", "severity", "tags" }) table.AddColumn(new TableColumn(header).NoWrap());
        table.AddColumn(new TableColumn("events").RightAligned());
        table.Columns[1].NoWrap = table.Columns[5].NoWrap = false;
        foreach (var scenario in scenarios)
        {
            table.AddRow(
                $"[bold]{Markup.Escape(scenario.Id)}[/]",
                Markup.Escape(scenario.Name),
                DurationText.Format(scenario.Duration),
                Markup.Escape(scenario.Difficulty ?? ""),
                Markup.Escape(scenario.Severity ?? ""),
                Markup.Escape(string.Join(", ", scenario.Tags)),
                $"{scenario.Timeline.Count}");
        }

        invocation.Terminal.Render(invocation.NoColor, console => console.Write(table));
        return Task.FromResult(ExitCodes.Ok);
    }
}
