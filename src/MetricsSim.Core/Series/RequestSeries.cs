using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Series;

/// <summary>
/// The series of cardinality explosions: one a request, in order of time, up to each explosion's bound. The rows, with their owners, are
/// all the state there is.
/// </summary>
internal sealed partial class RequestSeries(WorldOptions options, UserRows users)
{
    private readonly Shard _shard = options.Telemetry.Shard;
    private readonly KeyedRandom _random = new(options.Seed);
    private readonly List<EndedRequest> _ended = [];
    private readonly List<RequestRow> _rows = [];
    private IReadOnlyList<ActiveFault> _explosions = [];
    private int[] _room = [];

    /// <summary>Series there are, of the shard's own users. All shards keep the same rows, since bounds are those of all together.</summary>
    public int Count => _shard.IsWhole ? _rows.Count : _rows.Count(Owns);

    /// <summary>Drops the series whose explosion is over.</summary>
    /// <param name="explosions">Those in force.</param>
    public void Follow(IReadOnlyList<ActiveFault> explosions)
    {
        if (explosions.Count == 0 && _explosions.Count == 0) return;
        _explosions = explosions;
        _rows.RemoveAll(row => !explosions.Contains(row.Owner));
        _rows.TrimExcess();
        _room = [.. explosions.Select(fault => (fault.Spec.MaxSeries ?? FaultSpec.DefaultMaxSeries) - _rows.Count(row => row.Owner.Equals(fault)))];
    }

    /// <summary>Drops all series.</summary>
    public void Forget()
    {
        _rows.Clear();
        Follow(_explosions);
    }

    /// <summary>Takes in what ended in a tick.</summary>
    /// <param name="lanes">The lanes' recorders, which are emptied of it.</param>
    public void Take(PopulationRecorder[] lanes)
    {
        if (_explosions.Count == 0) return;
        foreach (var lane in lanes)
        {
            _ended.AddRange(lane.Exploded);
            lane.Exploded.Clear();
        }

        _ended.Sort(EndedRequest.InOrder);
        foreach (var request in _ended) Add(request);
        _ended.Clear();
    }

    /// <summary>Copies the rows.</summary>
    /// <param name="rows">Takes them.</param>
    /// <param name="column">The family's column, which grows as needed; a request is counted once.</param>
    public void CopyTo(LiveRowBuffer rows, ref long[] column)
    {
        var slots = rows.Reset(_rows.Count);
        for (var i = 0; i < slots.Length; i++) slots[i] = Owns(_rows[i]) ? _rows[i] : null;
        if (column.Length < slots.Length) column = new long[Math.Max(slots.Length, 2 * column.Length)];
        column.AsSpan().Fill(1);
    }

    private bool Owns(RequestRow row) => _shard.Owns(row.Request.User);

    private void Add(in EndedRequest request)
    {
        if (_rows.Count >= FaultSpec.MostSeries) return;
        for (var i = 0; i < _explosions.Count; i++)
        {
            if (_room[i] == 0 || !_explosions[i].Hits(request.SessionKey, request.Number)) continue;
            _room[i]--;
            _rows.Add(NewRow(request, _explosions[i]));
            return;
        }
    }

    private RequestRow NewRow(in EndedRequest request, ActiveFault owner) => new(
        users, request, options.Models[request.Model].Id, ClientIds.Request(_random, request.SessionKey, request.Number), owner);
}
