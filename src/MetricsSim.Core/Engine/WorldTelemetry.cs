using MetricsSim.Core.Faults;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <content>
/// What faults and quirks of the telemetry make of the page. What they leave behind is in <see cref="_counterBase"/> and <see cref="_requestSeries"/>;
/// all else follows from the faults in force.
/// </content>
public sealed partial class World
{
    private readonly CounterBase _counterBase;
    private readonly HiddenRows _hiddenRows;
    private readonly RequestSeries _requestSeries;
    private readonly QuirkedValues _quirkedValues;
    private readonly long _samples;
    private FaultField _followed = FaultField.None;
    private long _hiddenSamples;

    /// <summary>Takes note of faults that began or ended.</summary>
    private void FollowFaults()
    {
        if (ReferenceEquals(_followed, _simulations.Faults) && !_simulations.Events.ResetDue) return;
        _followed = _simulations.Faults;
        _hiddenRows.Follow(_followed.Gaps);
        _hiddenSamples = _families.All.Sum(family => _hiddenRows.On(family.Rows) is { } rows ? (long)rows.Count * family.Leaves.Count * SamplesOf(family) : 0);
        _groups.Follow(_followed.Gaps);
        _requestSeries.Follow(_followed.Explosions);
        if (!_simulations.Events.ResetDue) return;
        _simulations.Events.ResetDue = false;
        _counterBase.Reset(Tick, _recorders.Sum(lane => lane.TotalSessions), _recorders.Sum(lane => lane.TotalTokens), CopyPopulation);
        _requestSeries.Forget();
        ResetSessions();
        _groups.Reset();
        foreach (var lane in _recorders) lane.ForgetExemplars();
    }

    private void CopyTelemetry(Snapshot snapshot)
    {
        var offset = (long)_followed.ClockOffset.TotalMilliseconds;
        snapshot.UnixMilliseconds = Now.ToUnixTimeMilliseconds() + offset;
        snapshot.CreatedUnixMilliseconds = (Options.Start + (Options.Tick * _counterBase.Tick)).ToUnixTimeMilliseconds() + offset;
        snapshot.ExporterDown = _followed.ExporterDown;
        snapshot.Delay = _followed.PageDelay(Tick);
        _counterBase.SubtractFrom(snapshot.Columns);
        CopyExemplars(snapshot, offset);
        for (var i = 0; i < _published; i++) snapshot.Hidden[i] = _hiddenRows.On(i);
        CopySessions(snapshot);
        _groups.CopyTo(snapshot, _published, Tick);
        _quirkedValues.Apply(snapshot, Tick * _tickMicros);
        _requestSeries.CopyTo(snapshot.Live[_families.ApiRequests]!, ref snapshot.Columns[_families.ApiRequests]);
    }

    private void ReadTelemetry(WorldReading reading)
    {
        reading.WorldFaults = _followed.OnWorld;
        reading.Up = !_followed.ExporterDown;
        reading.PageDelay = _followed.PageDelay(Tick).TotalSeconds;
        reading.PageSamples = reading.Up ? _samples - _hiddenSamples + (_requestSeries.Count * SamplesOf(_families.All[_families.ApiRequests])) + _groups.Samples(Tick) : 0;
        ReadSessions(reading);
        reading.SessionsBeforeReset = _counterBase.Sessions;
        reading.TokensBeforeReset = _counterBase.Tokens;
    }

    private long CountSamples() => _families.All.Take(_published).Concat(_worldFamilies.All.Take(Layout.Families.Count - _published - _groups.Families.Count))
        .Sum(family => (long)family.SeriesCount * SamplesOf(family));

    /// <summary>Samples of one series of a family in OpenMetrics.</summary>
    private long SamplesOf(MetricFamily family) =>
        family.SamplesPerSeries + (Options.Telemetry.Created && family.HasCreated ? 1 : 0);
}
