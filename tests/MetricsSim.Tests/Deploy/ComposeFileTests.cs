using System.Text.RegularExpressions;
using Xunit;

namespace MetricsSim.Tests.Deploy;

public sealed partial class ComposeFileTests
{
    private static readonly YamlMap Compose = DeployFiles.Yaml("docker-compose.dev.yml");
    private static readonly YamlMap Services = Compose.Map("services");

    public static TheoryData<string> Names => [.. Services.Keys];

    [Theory]
    [InlineData("simulator", "8000:8000", "8001:8001")]
    [InlineData("prometheus", "9091:9090")]
    [InlineData("grafana", "3001:3000")]
    [InlineData("alertmanager", "9093:9093")]
    [InlineData("otel-collector", "14317:4317", "14318:4318")]
    [InlineData("nginx", "8080:8080")]
    [InlineData("replica")]
    [InlineData("scenario-runner")]
    public void Publishes_its_ports_on_localhost_only(string service, params string[] ports) =>
        Assert.Equal(ports.Select(port => "127.0.0.1:" + port), Services.Map(service).Texts("ports"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_hardened_and_limited(string name)
    {
        var service = Services.Map(name);
        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.Texts("cap_drop"));
        Assert.Equal(["no-new-privileges:true"], service.Texts("security_opt"));
        Assert.Matches("^[1-9][0-9]*:[0-9]+$", service.Text("user"));
        var limits = service.Map("deploy").Map("resources").Map("limits");
        Assert.Matches("^[0-9.]+$", limits.Text("cpus"));
        Assert.Matches("^[0-9]+[MG]$", limits.Text("memory"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_pinned_image(string name)
    {
        var service = Services.Map(name);
        if (service.Has("build"))
        {
            Assert.Equal("metricssim:dev", service.Text("image"));
            Assert.True(File.Exists(DeployFiles.PathOf(service.Map("build").Text("dockerfile"))));
            return;
        }

        Assert.Matches(@"^[a-z/-]+:v?[0-9]+\.[0-9]+\.[0-9]+(-alpine)?$", service.Text("image"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mounts_what_is_there(string name)
    {
        foreach (var mount in Services.Map(name).Texts("volumes").Select(text => text.Split(':')))
        {
            if (!mount[0].StartsWith("./", StringComparison.Ordinal))
            {
                Assert.Contains(mount[0], Compose.Map("volumes").Keys);
                continue;
            }

            Assert.True(Path.Exists(DeployFiles.PathOf(mount[0])), $"{name} mounts {mount[0]}, which isn't there");
            Assert.Equal("ro", mount[^1]);
        }
    }

    [Fact]
    public void Uses_every_volume() =>
        Assert.All(Compose.Map("volumes").Keys, volume => Assert.Contains(Services.Keys, name =>
            Services.Map(name).Texts("volumes").Any(mount => mount.StartsWith(volume + ":", StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Waits_only_for_services_that_tell_their_health(string name)
    {
        var needs = Services.Map(name).Map("depends_on");
        Assert.All(needs.Keys, needed =>
        {
            Assert.Equal("service_healthy", needs.Map(needed).Text("condition"));
            Assert.NotEmpty(Services.Map(needed).Map("healthcheck").Texts("test"));
            Assert.Empty(Services.Map(needed).Texts("profiles"));
        });
    }

    [Fact]
    public void Checks_the_health_of_all_that_have_something_to_check_it_with() =>
        Assert.Equal(
            ["otel-collector", "scenario-runner"],
            Services.Keys.Where(name => Services.Map(name).Map("healthcheck").Texts("test").Length == 0));

    [Fact]
    public void Plays_scenarios_only_when_testing() =>
        Assert.Equal(["scenario-runner"], Services.Keys.Where(name => Services.Map(name).Texts("profiles") is ["testing"]));

    [Fact]
    public void Takes_secrets_from_the_environment_with_a_default_for_development()
    {
        Assert.Equal("${METRICSSIM_API_KEY:-development-only}", Services.Map("simulator").Map("environment").Text("METRICSSIM_API_KEY"));
        Assert.Equal("${GRAFANA_ADMIN_PASSWORD:-development-only}", Services.Map("grafana").Map("environment").Text("GF_SECURITY_ADMIN_PASSWORD"));
    }

    [Fact]
    public void Opens_the_receivers_and_the_admin_API_of_Prometheus() =>
        Assert.Superset(
            new HashSet<string> { "--web.enable-remote-write-receiver", "--web.enable-otlp-receiver", "--web.enable-admin-api" },
            Services.Map("prometheus").Texts("command").ToHashSet());

    [Theory]
    [InlineData("deploy/prometheus/prometheus.compose.yml")]
    [InlineData("deploy/nginx/nginx.conf")]
    [InlineData("deploy/grafana/provisioning/datasources/prometheus.yml")]
    public void Names_only_services_that_are_there(string file)
    {
        var hosts = HostAndPort().Matches(DeployFiles.Text(file)).Select(match => match.Groups["host"].Value).Where(host => host != "localhost").ToArray();
        Assert.NotEmpty(hosts);
        Assert.All(hosts, host => Assert.Contains(host, Services.Keys));
    }

    [Fact]
    public void Names_hosts_as_the_control_port_answers_to_them() =>
        Assert.All(["simulator", "replica"], name => Assert.Equal(name, Services.Map(name).Text("hostname")));

    [GeneratedRegex(@"(?<host>[a-z][a-z-]*):[0-9]{4}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostAndPort();
}
