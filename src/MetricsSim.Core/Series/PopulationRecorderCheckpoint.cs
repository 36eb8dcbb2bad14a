using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Series;

/// <content>Its part of a saved state: the sums of all lanes, so that any number of lanes can go on from it.</content>
internal sealed partial class PopulationRecorder
{
    public static void Write(StateWriter to, IReadOnlyList<PopulationRecorder> lanes)
    {
        to.Write(lanes.Sum(lane => lane.TotalSessions));
        to.Write(lanes.Sum(lane => lane.TotalRequests));
        to.Write(lanes.Sum(lane => lane.TotalGivenUp));
        to.Write(lanes.Sum(lane => lane.TotalTokens));
        to.Write(lanes.Sum(lane => lane.TotalNanoUsd));
        to.Write(lanes.Sum(lane => lane.EndedSessions));
        to.Write(lanes.Sum(lane => lane.FailedSessions));
        to.Write(lanes.Sum(lane => lane.EndedSessionMicros));
        for (var family = 0; family < lanes[0].Columns.Length; family++) to.Write<long>(Sum(lanes, family));
    }

    /// <summary>Takes in everything that all lanes had counted; the other lanes of this world begin at 0.</summary>
    public void Read(StateReader from)
    {
        TotalSessions = from.Read<long>();
        TotalRequests = from.Read<long>();
        TotalGivenUp = from.Read<long>();
        TotalTokens = from.Read<long>();
        TotalNanoUsd = from.Read<long>();
        EndedSessions = from.Read<long>();
        FailedSessions = from.Read<long>();
        EndedSessionMicros = from.Read<long>();
        for (var family = 0; family < Columns.Length; family++) from.Fill<long>(Columns[family], _families.All[family].Name);
    }

    /// <summary>One family's column over all lanes.</summary>
    private static long[] Sum(IReadOnlyList<PopulationRecorder> lanes, int family)
    {
        var first = lanes[0].Columns[family];
        // Lanes share the columns whose rows are the users' own.
        if (lanes.All(lane => ReferenceEquals(lane.Columns[family], first))) return first;
        var sum = new long[first.Length];
        foreach (var lane in lanes)
        {
            for (var cell = 0; cell < sum.Length; cell++) sum[cell] += lane.Columns[family][cell];
        }

        return sum;
    }
}
