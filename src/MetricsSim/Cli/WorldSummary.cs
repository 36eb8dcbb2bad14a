using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>What a configuration comes to, in a few lines.</summary>
internal sealed record WorldSummary
{
    /// <summary>Number of users.</summary>
    public required int Users { get; init; }

    /// <summary>Segments and their shares, 0–1.</summary>
    public required IReadOnlyList<Share> Segments { get; init; }

    /// <summary>Models and their shares, 0–1.</summary>
    public required IReadOnlyList<Share> Models { get; init; }

    /// <summary>Instant of tick 0.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Length of a tick.</summary>
    public required double TickSeconds { get; init; }

    /// <summary>Key of every random draw.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Sessions in progress at tick 0.</summary>
    public required long SessionsAtStart { get; init; }

    /// <summary>Series at the start as Prometheus counts them: a histogram is one for each bucket, its sum and its count.</summary>
    public required long Series { get; init; }

    /// <summary>Families.</summary>
    public required int Families { get; init; }

    /// <summary>Ids of the scenarios.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Makes the world at tick 0 and looks at it.</summary>
    /// <param name="config">A valid configuration.</param>
    /// <returns>The summary.</returns>
    public static WorldSummary Of(SimulatorConfig config)
    {
        var world = new World(config.World);
        var forecast = new SeriesForecast(config.World);
        return new WorldSummary
        {
            Users = config.World.Population.Total,
            Segments = [.. config.World.Population.Segments.Select(segment => new Share(segment.Name, segment.Fraction))],
            Models = [.. config.World.Models.Select(model => new Share(model.Id, model.Fraction))],
            Start = config.World.Start,
            TickSeconds = config.World.Tick.TotalSeconds,
            Seed = config.World.Seed,
            SessionsAtStart = world.Status().ActiveSessions,
            Series = forecast.Lasting + (forecast.PerSession * world.SessionRows) + (long)forecast.Groups.Sum(group => group.SeriesAt(TimeSpan.Zero)),
            Families = world.Layout.Families.Count,
            Scenarios = [.. config.World.Scenarios.Keys.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Draws it for people.</summary>
    /// <param name="console">Where to.</param>
    public void Draw(IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        grid.AddRow("users", string.Create(CultureInfo.InvariantCulture, $"{Users:N0}"));
        grid.AddRow("segments", Shares(Segments));
        grid.AddRow("models", Shares(Models));
        grid.AddRow("start", $"{Start:yyyy-MM-dd'T'HH:mm:sszzz}, tick {DurationText.Format(TimeSpan.FromSeconds(TickSeconds))}, seed {Seed}");
        grid.AddRow("sessions", string.Create(CultureInfo.InvariantCulture, $"{SessionsAtStart:N0} in progress at the start"));
        grid.AddRow("series", string.Create(CultureInfo.InvariantCulture, $"{Series:N0} in {Families} families"));
        grid.AddRow("scenarios", Markup.Escape(string.Join(", ", Scenarios)));
        console.Write(grid);
    }

    private static string Shares(IEnumerable<Share> shares) =>
        Markup.Escape(string.Join(", ", shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Name} {share.Fraction:P0}"))));
}
