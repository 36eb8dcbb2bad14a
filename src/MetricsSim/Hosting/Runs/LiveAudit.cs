using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Hosting.Runs;

/// <summary>
/// The losses of the published counters, for all recorded simulations together: their difference over a time is what was lost in it. It
/// costs two copies of all series, so it is kept only as long as a simulation asks for it.
/// </summary>
internal sealed class LiveAudit
{
    private CounterAudit? _audit;
    private Snapshot? _page;
    private long _before;

    /// <summary>Losses up to the last look; never falls. Set only where a saved state is gone on from.</summary>
    public long Losses { get; set; }

    /// <summary>Looks at the counters. Those of another layout than before begin anew: a swap of the configuration loses nothing.</summary>
    /// <param name="world">The world.</param>
    /// <param name="reading">What it counted up to now.</param>
    public void Look(World world, WorldReading reading)
    {
        if (_audit is null || !ReferenceEquals(_page?.Layout, world.Layout))
        {
            (_audit, _page) = (new CounterAudit(world.Layout, world.Options.Telemetry.Shard.IsWhole), new Snapshot(world.Layout));
            world.CopyTo(_page);
            // What the first look finds missing was so before: series that the configuration no longer has, or a fault that others began.
            _before = Losses - _audit.Look(_page, reading);
            return;
        }

        world.CopyTo(_page);
        Losses = _before + _audit.Look(_page, reading);
    }

    /// <summary>Forgets the series.</summary>
    public void Release() => (_audit, _page) = (null, null);
}
