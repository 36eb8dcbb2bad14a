using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Series;

/// <content>Its part of a saved state: the sums of all lanes, so that any number of lanes can go on from it.</content>
internal sealed partial class PopulationRecorder
{
    private long[] Totals
    {
        get => [TotalSessions, TotalRequests, TotalGivenUp, TotalTokens, TotalNanoUsd, EndedSessions, FailedSessions, EndedSessionMicros];
        set => (TotalSessions, TotalRequests, TotalGivenUp, TotalTokens, TotalNanoUsd, EndedSessions, FailedSessions, EndedSessionMicros) =
            (value[0], value[1], value[2], value[3], value[4], value[5], value[6], value[7]);
    }

    public static void Write(StateWriter to, IReadOnlyList<PopulationRecorder> lanes)
    {
        to.Write<long>(SumTotals(lanes));
        for (var family = 0; family < lanes[0].Columns.Length; family++) to.Write<long>(Sum(lanes, family));
        WriteExemplars(to, lanes);
    }

    /// <summary>Takes in everything that all lanes had counted; the other lanes of this world begin at 0.</summary>
    public void Read(StateReader from)
    {
        var totals = Totals;
        from.Fill<long>(totals, "totals");
        Totals = totals;
        for (var family = 0; family < Columns.Length; family++) from.Fill<long>(Columns[family], _families.All[family].Name);
        ReadExemplars(from);
    }

    /// <summary>Goes on with what recorders of other options had counted, series by series.</summary>
    /// <param name="before">All lanes' recorders.</param>
    /// <param name="match">From their families to those of this one.</param>
    public void TakeOver(IReadOnlyList<PopulationRecorder> before, SeriesMatch match)
    {
        Totals = SumTotals(before);
        match.Copy(family => Sum(before, family), Columns);
        match.Copy(family => LatestExemplars(before, family), _exemplars);
    }

    private static long[] SumTotals(IReadOnlyList<PopulationRecorder> lanes)
    {
        var sums = lanes[0].Totals;
        foreach (var lane in lanes.Skip(1))
        {
            for (var i = 0; i < sums.Length; i++) sums[i] += lane.Totals[i];
        }

        return sums;
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
