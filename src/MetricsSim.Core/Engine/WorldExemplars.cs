using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <content>Exemplars of a snapshot.</content>
public sealed partial class World
{
    private void CopyExemplars(Snapshot snapshot, long offsetMilliseconds)
    {
        if (!_families.HasExemplars) return;
        var start = Options.Start.ToUnixTimeMilliseconds() + offsetMilliseconds;
        for (var family = 0; family < _published; family++)
        {
            var exemplars = snapshot.Exemplars[family];
            if (exemplars.Length == 0) continue;
            PopulationRecorder.CopyExemplars(_recorders, family, exemplars);
            foreach (ref var exemplar in exemplars.AsSpan())
            {
                if (exemplar.IsPresent) exemplar = exemplar with { At = start + (exemplar.At / 1000) };
            }
        }
    }
}
