using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Truth;

/// <summary>
/// Finds the times without a fault of the world in which more attempts were offered over a minute than could be served, boundary by boundary, so that a
/// run can be watched while it is recorded.
/// </summary>
/// <param name="series">The run; only cells up to the boundary it is advanced to are read.</param>
public sealed class OverloadWatch(RunSeries series)
{
    private const double WindowSeconds = 60;

    /// <summary>Overloads that are no further apart are one.</summary>
    private const double GapSeconds = 300;

    private readonly List<(int From, int To)> _found = [];
    private int _next = series.SamplesIn(WindowSeconds);
    private bool _goesOn;

    /// <summary>What was found, each from its first boundary to its last.</summary>
    public IReadOnlyList<(int From, int To)> Found => _found;

    /// <summary>Looks at all boundaries up to one.</summary>
    /// <param name="boundary">The last one to look at.</param>
    /// <returns>Whether an overload began, or turned out to have ended.</returns>
    public bool Advance(int boundary)
    {
        var changed = false;
        for (; _next <= boundary; _next++)
        {
            var window = series.Trailing(_next, WindowSeconds);
            if (_found.Count > 0 && _goesOn && !MayGoOn(_found[^1].To, series.SecondsAt(window.From)))
            {
                _goesOn = false;
                changed = true;
            }

            if (window.Mean(series.WorldFaults) > 0 || !(window.Rate(series.Attempts) > window.Mean(series.Capacity))) continue;
            if (_goesOn)
            {
                _found[^1] = (_found[^1].From, _next);
                continue;
            }

            _found.Add((window.From, _next));
            _goesOn = changed = true;
        }

        return changed;
    }

    /// <summary>Whether the last of <see cref="Found"/> is not known to be over, at the boundary it was advanced to.</summary>
    /// <param name="index">Index in <see cref="Found"/>.</param>
    /// <returns>True if what comes may belong to it.</returns>
    public bool GoesOn(int index) => _goesOn && index == _found.Count - 1;

    private bool MayGoOn(int to, double from) => from - series.SecondsAt(to) <= GapSeconds;
}
