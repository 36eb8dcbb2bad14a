using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Studies;

/// <summary>A world whose number of users gives it about as many series as was asked for.</summary>
/// <param name="Asked">Series that were asked for.</param>
/// <param name="World">The world.</param>
/// <param name="Series">Series it is expected to have in its history.</param>
internal sealed record SizedPopulation(long Asked, WorldOptions World, double Series)
{
    /// <summary>The most users there may be (config: <c>users.total</c>).</summary>
    private const int MostUsers = 10_000_000;

    private const int MostSteps = 30;

    /// <summary>How far off it may be: a user has some eighty series.</summary>
    private const double Tolerance = 0.05;

    /// <summary>Finds the number of users: series are nearly in proportion to them.</summary>
    /// <param name="world">The world, whatever users it has.</param>
    /// <param name="asked">Series, &gt; 0.</param>
    /// <param name="history">How long its history is.</param>
    /// <param name="problem">Why there is none, or null.</param>
    /// <returns>The population nearest to it; null if none comes near.</returns>
    public static SizedPopulation? For(WorldOptions world, long asked, TimeSpan history, out string? problem)
    {
        problem = null;
        var (fewest, most) = (Of(1), Of(1000));
        var perUser = (most - fewest) / 999;
        var (users, series) = (1, fewest);
        for (var step = 0; perUser > 0 && step < MostSteps; step++)
        {
            var next = (int)Math.Clamp(Math.Round(users + ((asked - series) / perUser)), 1, MostUsers);
            if (next == users) break;
            var there = Of(next);
            if (Math.Abs(there - asked) >= Math.Abs(series - asked)) break;
            (users, series) = (next, there);
        }

        if (Math.Abs(series - asked) <= Tolerance * asked) return new(asked, With(users), series);
        problem = series > asked
            ? $"{asked} series are too few: a single user makes {series:0}, and each more {perUser:0}"
            : $"{asked} series are too many: {users} {(users == 1 ? "user makes" : "users make")} {series:0}, and more users hardly more; switch telemetry.labels.user_id on";
        return null;

        double Of(int count)
        {
            var forecast = new SeriesForecast(With(count));
            return forecast.SeriesAt(TimeSpan.Zero) + forecast.SeriesCreated(TimeSpan.Zero, history);
        }

        WorldOptions With(int count) => world with { Population = world.Population with { Total = count } };
    }
}
