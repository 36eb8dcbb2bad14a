using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>The configuration in effect, as it is shown.</summary>
public sealed class EffectiveConfigTests
{
    [Fact]
    public void HasEveryDeclaredKeyAndNoOther()
    {
        var document = (JsonObject)new RecordKind(typeof(ConfigDocument)).ToJson(new ConfigDocument())!;
        var effective = EffectiveConfig.ToJson(ConfigTestData.Good(""));
        AssertSameKeys(document, effective, "");

        static void AssertSameKeys(JsonObject expected, JsonObject actual, string path)
        {
            if (path is "scenarios") return;
            Assert.Equal(expected.Select(key => $"{path} {key.Key}").Order(StringComparer.Ordinal), actual.Select(key => $"{path} {key.Key}").Order(StringComparer.Ordinal));
            foreach (var (key, value) in expected)
            {
                if (value is JsonObject section) AssertSameKeys(section, actual[key]!.AsObject(), key);
            }
        }
    }

    [Fact]
    public void ReadAgainItIsTheSame()
    {
        var config = ConfigTestData.Good("simulation: { speed: 3, seed: 7 }\nactivity_models: { seasonal: { timezone: Asia/Kathmandu } }\ntelemetry: { labels: { resource_attributes: { team: [a, b] } } }\n");
        var json = EffectiveConfig.ToJson(config);
        // JSON is YAML; worked-out servers are those of the worked-out capacity, so they agree.
        var again = EffectiveConfig.ToJson(ConfigTestData.Good(json.ToJsonString()));
        Assert.Equal(json.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public void TheDomainWinsOverTheDocument()
    {
        var config = new SimulatorConfig { World = new WorldOptions { Population = new PopulationOptions { Total = 9 } }, Speed = 4 };
        var json = EffectiveConfig.ToJson(config);
        Assert.Equal(9, (int)json["users"]!["total"]!);
        Assert.Equal(13.5, (double)json["backend"]!["capacity"]!);
        Assert.Equal("4", json["simulation"]!["speed"]!.ToJsonString());
    }

    [Fact]
    public void SecretsAreMaskedEverywhere()
    {
        var text = EffectiveConfig.ToJson(ConfigTestData.Good(
            """
            server: { api_key: hunter2 }
            integrations: { grafana: { api_key: hunter2 }, otel: { headers: { authorization: hunter2 } } }
            push: { remote_write: { headers: { x: hunter2 }, basic_auth: { username: a, password: hunter2 } }, otlp: { headers: { x: hunter2 } } }
            """)).ToJsonString();
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split("\"***\"").Length - 1);
    }

    [Fact]
    public void BoundsAtInfinityAreNull()
    {
        var world = new WorldOptions
        {
            Activity = new ActivityOptions { Brownian = new BrownianOptions { LowerBound = double.NegativeInfinity, UpperBound = double.PositiveInfinity } },
        };
        Assert.Equal("[null,null]", EffectiveConfig.ToJson(new SimulatorConfig { World = world })["activity_models"]!["brownian"]!["bounds"]!.ToJsonString());
    }
}
