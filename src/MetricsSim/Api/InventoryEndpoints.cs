using System.Globalization;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>What a monitoring system wants to know beforehand: how many series there are, and where.</summary>
internal static class InventoryEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapInventory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/cardinality", CardinalityAsync).WithTags("daemon").WithName("getCardinality")
            .WithSummary("Series by metric family, as Prometheus counts them.");
        routes.MapGet("/sd/targets", Targets).WithTags("daemon").WithName("getTargets")
            .WithSummary("This daemon as a target for Prometheus' http_sd_configs.");
    }

    private static async Task<Ok<CardinalityModel>> CardinalityAsync(SimulationLoop loop, CancellationToken cancellation)
    {
        using SnapshotLease lease = await loop.AcquireSnapshotAsync(cancellation);
        return TypedResults.Ok(CardinalityModel.Of(lease.Snapshot));
    }

    private static Ok<TargetGroup[]> Targets(HttpRequest request, ScrapeTarget target, WorldOptions world) => TypedResults.Ok(new TargetGroup[]
    {
        new(
            [string.Create(CultureInfo.InvariantCulture, $"{request.Host.Host}:{target.Port}")],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["__meta_metricssim_version"] = BuildVersion.Text,
                ["__meta_metricssim_users"] = world.Population.Total.ToString(CultureInfo.InvariantCulture),
                ["__meta_metricssim_seed"] = world.Seed.ToString(CultureInfo.InvariantCulture),
            }),
    });
}

/// <summary>Where scrapers find the metrics.</summary>
/// <param name="port">The port, once it is bound.</param>
internal sealed class ScrapeTarget(Func<int> port)
{
    /// <summary>The metrics port.</summary>
    public int Port => port();
}

/// <summary>A target group of Prometheus' HTTP service discovery.</summary>
/// <param name="Targets">Host and port, under the name by which the asker reached this server.</param>
/// <param name="Labels">Meta labels, which are dropped after relabelling.</param>
internal sealed record TargetGroup(IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> Labels);

/// <summary>Series by family; those of the running process, <c>metricssim_runtime_*</c>, are not among them.</summary>
/// <param name="TotalSeries">All series.</param>
/// <param name="Families">The families in page order.</param>
internal sealed record CardinalityModel(long TotalSeries, IReadOnlyList<FamilyCardinality> Families)
{
    /// <summary>Counts a page.</summary>
    /// <param name="snapshot">The page.</param>
    /// <returns>The counts.</returns>
    public static CardinalityModel Of(Snapshot snapshot)
    {
        FamilyCardinality[] families =
        [
            .. snapshot.Layout.Families.Select((family, index) => new FamilyCardinality(
                family.Name, family.Type.ToString().ToLowerInvariant(), SeriesCount.Of(snapshot, index))),
        ];
        return new CardinalityModel(families.Sum(family => family.Series), families);
    }
}

/// <summary>Series of one family.</summary>
/// <param name="Metric">The family's name, without the suffixes of its series.</param>
/// <param name="Type">counter, gauge, histogram, summary or info.</param>
/// <param name="Series">Series, those that are hidden until their first event included; a histogram has one for each bucket, its sum and its count.</param>
internal sealed record FamilyCardinality(string Metric, string Type, long Series);
