using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests;

/// <summary>The rows of a family that are on a page, fixed or live, the slow and obvious way.</summary>
internal static class PageRows
{
    /// <summary>Each row that is there with its labels.</summary>
    /// <param name="snapshot">The page.</param>
    /// <param name="family">Index of the family.</param>
    public static IEnumerable<(int Row, IReadOnlyList<Label> Labels)> RowsOf(this Snapshot snapshot, int family)
    {
        if (snapshot.Live[family] is { } live)
        {
            for (var slot = 0; slot < live.Count; slot++)
            {
                if (live[slot] is { } row) yield return (slot, row.Labels);
            }

            yield break;
        }

        var rows = snapshot.Layout.Families[family].Rows;
        for (var row = 0; row < rows.Count; row++)
        {
            if (snapshot.Hidden[family]?[row] != true) yield return (row, rows.Labels(row));
        }
    }
}
