using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>model_distribution</c> and <c>costs_per_1k_tokens</c>.</summary>
internal static class ModelsConverter
{
    private const string Shares = "model_distribution";
    private const string Costs = "costs_per_1k_tokens";

    /// <summary>Converts them.</summary>
    public static IReadOnlyList<ModelOptions> Convert(
        OrderedDictionary<string, double> shares, OrderedDictionary<string, CostSection> costs, Report report)
    {
        ConfigConverter.CheckSum(shares.Values, Shares, report);
        return [.. shares.Select(share => Model(share.Key, share.Value, costs, report)).OfType<ModelOptions>()];
    }

    private static ModelOptions? Model(string id, double share, OrderedDictionary<string, CostSection> costs, Report report)
    {
        if (costs.TryGetValue(id, out var cost))
        {
            var fromInput = ModelOptions.FromInputOutput(id, share, cost.Input, cost.Output);
            return fromInput with
            {
                CacheReadPer1k = cost.CacheRead ?? fromInput.CacheReadPer1k,
                CacheCreationPer1k = cost.CacheCreation ?? fromInput.CacheCreationPer1k,
            };
        }

        if (ModelOptions.Defaults.FirstOrDefault(model => model.Id == id) is { } builtIn) return builtIn with { Fraction = share };
        // A price that was given but is broken has its own error.
        if (report.Failed(Report.Join(Costs, id))) return null;
        var known = costs.Keys.Concat(ModelOptions.Defaults.Select(model => model.Id)).Distinct(StringComparer.Ordinal);
        report.Error(
            Report.Join(Shares, id),
            $"has a share but no price; give it one in {Costs}"
            + (Suggestion.Nearest(id, known) is { } nearest ? $", or did you mean {nearest}?" : ""));
        return null;
    }
}
