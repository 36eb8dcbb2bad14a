using Xunit;

namespace MetricsSim.Tests.Deploy;

/// <summary>Files of programs that don't run in the tests: the collector, Grafana and the container engine.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Has_every_component_that_a_pipeline_of_the_collector_names()
    {
        var collector = DeployFiles.Yaml("deploy/otel-collector/config.yml");
        var pipelines = collector.Map("service").Map("pipelines");
        Assert.Equal(["metrics", "logs"], pipelines.Keys);
        foreach (var kind in (string[])["receivers", "processors", "exporters"])
        {
            var used = pipelines.Keys.SelectMany(name => pipelines.Map(name).Texts(kind)).ToHashSet();
            Assert.Equal(collector.Map(kind).Keys.Order(), used.Order());
        }
    }

    [Fact]
    public void Listens_in_the_collector_where_the_others_look()
    {
        var collector = DeployFiles.Yaml("deploy/otel-collector/config.yml");
        var protocols = collector.Map("receivers").Map("otlp").Map("protocols");
        Assert.Equal("0.0.0.0:4317", protocols.Map("grpc").Text("endpoint"));
        Assert.Equal("0.0.0.0:4318", protocols.Map("http").Text("endpoint"));
        Assert.Equal("0.0.0.0:8889", collector.Map("exporters").Map("prometheus").Text("endpoint"));
        Assert.Contains("otel-collector:8889", DeployFiles.Text("deploy/prometheus/prometheus.compose.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Provisions_data_sources_and_the_mounted_dashboards()
    {
        var sources = DeployFiles.Yaml("deploy/grafana/provisioning/datasources/prometheus.yml").Maps("datasources");
        Assert.Equal(["prometheus", "alertmanager"], sources.Select(source => source.Text("uid")));
        Assert.Equal("true", sources[0].Text("isDefault"));
        var provider = Assert.Single(DeployFiles.Yaml("deploy/grafana/provisioning/dashboards/files.yml").Maps("providers"));
        var mount = $"./dashboards:{provider.Map("options").Text("path")}:ro";
        Assert.Contains(mount, DeployFiles.Yaml("docker-compose.dev.yml").Map("services").Map("grafana").Texts("volumes"));
    }

    [Fact]
    public void Builds_the_image_in_stages_and_runs_it_without_root()
    {
        var lines = DeployFiles.Text("deploy/Dockerfile").Split('\n');
        var images = lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, images.Length);
        Assert.Matches(@"/sdk:10\.0\.[0-9]+-noble AS build$", images[0]);
        Assert.Matches(@"/aspnet:10\.0\.[0-9]+-noble-chiseled-extra$", images[1]);
        Assert.Contains("USER 1654:1654", lines);
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.Contains("\"ctl\", \"status\"", StringComparison.Ordinal));
        var copied = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]);
        Assert.All(copied, file => Assert.True(Path.Exists(DeployFiles.PathOf(file)), $"{file} isn't there"));
    }
}
