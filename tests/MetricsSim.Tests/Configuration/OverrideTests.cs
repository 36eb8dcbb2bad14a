using MetricsSim.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>Values from flags and the environment lie over the file's.</summary>
public sealed class OverrideTests
{
    [Fact]
    public void BeatTheFile()
    {
        var config = ConfigTestData.Good(
            "users: { total: 5 }\nsimulation: { seed: 1, speed: 2 }\nlogging: { level: error }\nserver:\n",
            new("users.total", "500", "--users"),
            new("simulation.seed", "18446744073709551615", "SEED"),
            new("server.port", "0", "--port"),
            new("server.api_key", "s3cret", "METRICSSIM_API_KEY"),
            new("logging.level", "DEBUG", "LOG_LEVEL"));
        Assert.Equal(500, config.World.Population.Total);
        Assert.Equal(ulong.MaxValue, config.World.Seed);
        Assert.Equal(2, config.Speed);
        Assert.Equal(0, config.Server.Port);
        Assert.Equal("s3cret", config.Server.ApiKey);
        Assert.Equal(LogLevel.Debug, config.Logging.Level);
    }

    [Fact]
    public void OfTwoForOneKeyTheLaterWins() => Assert.Equal(
        7, ConfigTestData.Good("", new("users.total", "6", "USERS"), new("users.total", "7", "--users")).World.Population.Total);

    [Fact]
    public void ReplaceABrokenValueOfTheFile() =>
        Assert.Equal(7, ConfigTestData.Good("users: { total: none }", new ConfigOverride("users.total", "7", "--users")).World.Population.Total);

    [Fact]
    public void GiveTheKeyThatTheFilesHostNeeds()
    {
        Assert.Single(ConfigTestData.Parse("server: { host: 0.0.0.0 }").Errors);
        Assert.Equal("k", ConfigTestData.Good("server: { host: 0.0.0.0 }", new ConfigOverride("server.api_key", "k", "METRICSSIM_API_KEY")).Server.ApiKey);
    }

    [Fact]
    public void LeaveTheFilesOtherKeysInPlace()
    {
        var result = ConfigTestData.Parse("users:\n  total: 5\n  organizations: 0\n", new ConfigOverride("users.total", "many", "--users"));
        Assert.Equal(
            [
                "--users: users.total: expected a whole number from 1 to 10000000, got many",
                "c.yml:3:18: users.organizations: expected a whole number from 1 to 1000000, got 0",
            ],
            result.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("", "users.total", "0", "--users: users.total: expected a whole number from 1 to 10000000, got 0")]
    [InlineData("", "users.total", "", "--users: users.total: expected a whole number from 1 to 10000000, got nothing")]
    [InlineData("", "users.totl", "5", "--users: users.totl: unknown key \"totl\"; did you mean total? allowed: total, distribution, organizations, api_key_share, terminals, languages")]
    [InlineData("", "server.port", "8001", "--users: server.port: port and metrics_port are both 8001; they must differ")]
    [InlineData("users: 5", "users.total", "6", "c.yml:1:8: users: expected a map (keys: total, distribution, organizations, api_key_share, terminals, languages), got 5")]
    public void ErrorsNameTheOrigin(string text, string key, string value, string message) => Assert.Equal(
        [message], ConfigTestData.Parse(text, new ConfigOverride(key, value, "--users")).Errors.Select(error => error.ToString()));
}
