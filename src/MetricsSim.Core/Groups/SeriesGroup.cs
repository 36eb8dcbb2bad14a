using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>A group that is played: its series of this shard, and their values. One writer.</summary>
internal sealed partial class SeriesGroup
{
    /// <summary>Rows that a lane takes at a time.</summary>
    private const int ChunkRows = 1024;

    /// <summary>Fewer rows than these are not worth waking other threads for.</summary>
    private const int WorthSharing = 8 * ChunkRows;

    private const double DaySeconds = 86_400;
    private readonly WorldOptions _world;
    private readonly KeyedRandom _random;
    private readonly ulong _key;
    private readonly GroupRows _rows;
    private readonly LifecyclePlan _plan;
    private readonly ProcessLaw _law;
    private readonly GroupCells _cells;
    private readonly int _stride;
    private readonly long _intervalTicks;
    private readonly long[][] _columns;
    private readonly double[][] _states;
    private readonly Action<int> _updateLane;
    private readonly ILanes _lanes;
    private readonly GroupRow?[] _live;
    private readonly int _additional;
    private ProcessStep _step;
    private long _replaced;
    private long _spike = -1;

    /// <summary>Makes the series that there are at tick 0.</summary>
    public SeriesGroup(SeriesGroupOptions options, WorldOptions world, ILanes lanes)
    {
        Options = options;
        _world = world;
        _lanes = lanes;
        _random = new KeyedRandom(world.Seed);
        _key = KeyedRandom.KeyOf(options.Id);
        _updateLane = UpdateLane;
        _plan = new LifecyclePlan(options);
        _rows = new GroupRows(options, world.Telemetry.Shard);
        _additional = GroupRows.OwnedOf(GroupRows.Additional(options), world.Telemetry.Shard);
        var comeAndGo = options.Lifecycle is ChurningLifecycle or SpikingLifecycle;
        LabelRows axis = comeAndGo ? new LiveRows() : _rows;
        var native = options.Type == GroupType.NativeHistogram ? GroupFamilies.NativeOf(options) : null;
        Families = [.. Enumerable.Range(0, options.Metrics).Select(metric => GroupFamilies.Of(options, metric, axis, native))];
        _stride = Families[0].Stride;
        _cells = GroupCells.Of(options, Families[0]);
        _intervalTicks = Math.Max(1, (long)Math.Round((double)options.Interval.Ticks / world.Tick.Ticks));
        _law = ProcessLaw.Of(options.Values, IntervalSeconds);
        var rows = _rows.Count + _additional;
        _columns = [.. Families.Select(_ => new long[rows * _stride])];
        _states = _law.HasState ? [.. Families.Select(_ => new double[rows])] : [];
        _live = comeAndGo ? new GroupRow?[rows] : [];
        for (var row = 0; row < _rows.Count && comeAndGo; row++) _live[row] = new GroupRow(_rows, _rows.NumberOf(row), 0);
        PrepareStart(0);
        Start(0, _rows.Count, 0);
    }

    /// <summary>What it was made from.</summary>
    public SeriesGroupOptions Options { get; }

    /// <summary>Its families, in page order.</summary>
    public IReadOnlyList<MetricFamily> Families { get; }

    /// <summary>Rows there are: all of a stable group, those of the spike while there is one.</summary>
    private int RowCount => _rows.Count + (_spike >= 0 ? _additional : 0);

    private double IntervalSeconds => (_intervalTicks * _world.Tick).TotalSeconds;

    /// <summary>Goes on to a tick boundary: values change where an interval ends, then series come and go.</summary>
    public void Step(long tick)
    {
        if (tick % _intervalTicks == 0) Update(tick);
        Follow(tick);
    }

    /// <summary>Counts from zero again.</summary>
    public void Reset()
    {
        if (!_cells.Counts) return;
        foreach (var column in _columns) _cells.Start(column, []);
    }

    /// <summary>Brings and ends series as there are at a tick boundary, whatever there was before.</summary>
    private void Follow(long tick)
    {
        var at = _world.Tick * tick;
        var (replaced, spike) = (_plan.ReplacedAt(at), _plan.SpikeAt(at));
        if (replaced == _replaced && spike == _spike) return;
        PrepareStart(tick);
        if (replaced != _replaced)
        {
            _replaced = replaced;
            for (var row = 0; row < _rows.Count; row++)
            {
                var number = _rows.NumberOf(row);
                var generation = _plan.GenerationOf(number, replaced);
                if (generation == _live[row]!.Generation) continue;
                _live[row] = new GroupRow(_rows, number, generation);
                Start(row, 1, generation);
            }
        }

        if (spike == _spike) return;
        _spike = spike;
        Spike();
    }

    /// <summary>Ends the series of the spike before, and brings those of the one there is.</summary>
    private void Spike()
    {
        _live.AsSpan(_rows.Count).Clear();
        if (_spike < 0) return;
        var rows = Options.Labels.Count;
        var copies = ((GroupRows.Additional(Options) - 1) / rows) + 1;
        for (var i = 0; i < _additional; i++)
        {
            var (copy, number) = Math.DivRem(_rows.NumberOf(i), rows);
            _live[_rows.Count + i] = new GroupRow(_rows, number, 1 + (_spike * copies) + copy);
        }

        Start(_rows.Count, _additional, _spike);
    }

    private void PrepareStart(long tick)
    {
        _step = new ProcessStep(_random, 0, _world.Telemetry.Shard.Count, Purpose.GroupStart, 0, (_world.Tick * tick).TotalSeconds, FactorAt(tick));
        if (!_cells.Counts) _law.Prepare(_step.Factor);
    }

    /// <summary>Begins series in all metrics.</summary>
    private void Start(int firstRow, int count, long generation)
    {
        Span<double> values = stackalloc double[ChunkRows];
        for (var metric = 0; metric < _columns.Length; metric++)
        {
            for (var row = firstRow; row < firstRow + count; row += ChunkRows)
            {
                var of = values[..Math.Min(ChunkRows, firstRow + count - row)];
                // What counts begins at zero; only a process that goes on from there has a start then.
                if (!_cells.Counts || _law.HasState) _law.Fill(_step with { Entity = EntityOf(metric, row), Index = generation }, StateOf(metric, row, of.Length), of);
                _cells.Start(CellsOf(metric, row, of.Length), of);
            }
        }
    }

    private void Update(long tick)
    {
        var factor = FactorAt(tick);
        _step = new ProcessStep(_random, 0, _world.Telemetry.Shard.Count, Purpose.GroupValue, tick / _intervalTicks, (_world.Tick * tick).TotalSeconds, factor);
        _law.Prepare(factor);
        if (_lanes.Count > 1 && (long)RowCount * _columns.Length * _stride >= WorthSharing) _lanes.Run(_updateLane);
        else Update(0, 1);
    }

    private void UpdateLane(int lane) => Update(lane, _lanes.Count);

    /// <summary>Every so manieth piece: rows of a group don't touch each other.</summary>
    private void Update(int first, int every)
    {
        Span<double> values = stackalloc double[ChunkRows];
        // A piece holds rows of the spike or others, never both, since their numbers don't follow each other.
        var (lasting, additional) = (Chunks(_rows.Count), _spike >= 0 ? Chunks(_additional) : 0);
        var perMetric = lasting + additional;
        for (var piece = first; piece < perMetric * _columns.Length; piece += every)
        {
            var (metric, chunk) = Math.DivRem(piece, perMetric);
            var row = chunk < lasting ? chunk * ChunkRows : _rows.Count + ((chunk - lasting) * ChunkRows);
            var end = chunk < lasting ? _rows.Count : _rows.Count + _additional;
            var of = values[..Math.Min(ChunkRows, end - row)];
            var step = _step with { Entity = EntityOf(metric, row) };
            _law.Fill(step, StateOf(metric, row, of.Length), of);
            _cells.Take(step, CellsOf(metric, row, of.Length), of);
        }
    }

    private static int Chunks(int rows) => (rows + ChunkRows - 1) / ChunkRows;

    /// <summary>The factor of the day; of what counts, times the interval.</summary>
    private double FactorAt(long tick)
    {
        var factor = 1.0;
        if (Options.DailyAmplitude > 0)
        {
            var local = TimeZoneInfo.ConvertTime(_world.Start + (_world.Tick * tick), _world.Activity.Seasonal.TimeZone);
            // A cosine is a sine a quarter of a turn on.
            factor += Options.DailyAmplitude * PortableMath.SinOfTurns(((local.TimeOfDay - Options.DailyPeak).TotalSeconds / DaySeconds) + 0.25);
        }

        return _cells.Counts ? factor * IntervalSeconds : factor;
    }

    private ulong EntityOf(int metric, int row) =>
        _key + ((ulong)metric << 32) + (ulong)(row < _rows.Count ? _rows.NumberOf(row) : Options.Labels.Count + _rows.NumberOf(row - _rows.Count));

    private Span<long> CellsOf(int metric, int row, int count) => _columns[metric].AsSpan(row * _stride, count * _stride);

    private Span<double> StateOf(int metric, int row, int count) => _law.HasState ? _states[metric].AsSpan(row, count) : [];
}
