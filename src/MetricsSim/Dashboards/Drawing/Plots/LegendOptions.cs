using System.Text.Json;
using MetricsSim.Dashboards.Drawing.Data;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>How a panel's legend is to be.</summary>
/// <param name="Shown">Whether there is one.</param>
/// <param name="AsTable">Whether it is a table.</param>
/// <param name="OnRight">Whether it stands beside the plot, not below.</param>
/// <param name="Calcs">Reductions that it tells.</param>
/// <param name="SortBy">Title of the reduction by which it is sorted; empty for not.</param>
/// <param name="Descending">Whether the largest is first.</param>
internal sealed record LegendOptions(bool Shown, bool AsTable, bool OnRight, IReadOnlyList<string> Calcs, string SortBy, bool Descending)
{
    /// <summary>Reads the options.</summary>
    /// <param name="options">Options of a panel.</param>
    public static LegendOptions Of(JsonElement options)
    {
        var legend = options.At("legend");
        var mode = legend.At("displayMode").AsText() ?? "list";
        return new(
            legend.At("showLegend").AsFlag() ?? mode != "hidden",
            mode == "table",
            legend.At("placement").AsText() == "right",
            legend.At("calcs").AsTexts(),
            legend.At("sortBy").AsText() ?? "",
            legend.At("sortDesc").AsFlag() ?? false);
    }
}
