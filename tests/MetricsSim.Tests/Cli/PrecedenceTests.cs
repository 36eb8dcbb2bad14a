using System.Text.Json.Nodes;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>Flags beat environment beats file.</summary>
public sealed class PrecedenceTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yml");

    public PrecedenceTests() => File.WriteAllText(_file, "simulation: {seed: 1}\nusers: {total: 11}\n");

    [Theory]
    [InlineData("", "", 1, 11)]
    [InlineData("", "SEED=2 USERS=22", 2, 22)]
    [InlineData("", "SEED= USERS=", 1, 11)]
    [InlineData("--seed 3", "SEED=2 USERS=22", 3, 22)]
    [InlineData("--seed 3", "", 3, 11)]
    [InlineData("--seed 3", "SEED=nonsense", 3, 11)]
    public async Task The_nearest_value_wins(string flags, string environment, int seed, int users)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var end = await CliSession.RunAsync(["validate", _file, "--json", .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)], variables);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        var world = JsonNode.Parse(end.Output)!["world"]!;
        Assert.Equal((seed, users), (world["seed"]!.GetValue<int>(), world["users"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_flag_for_the_file_beats_its_variable()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["CONFIG_FILE"] = "nowhere.yml" };
        Assert.Equal(2, (await CliSession.RunAsync(["validate"], variables)).ExitCode);
        Assert.Equal(0, (await CliSession.RunAsync(["validate", "--config", _file], variables)).ExitCode);
        variables["CONFIG_FILE"] = _file;
        Assert.Contains("11", (await CliSession.RunAsync(["validate"], variables)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_users_reaches_the_page()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERS"] = "5" };
        var fromVariable = await CliSession.RunAsync(["render", "--config", _file], variables);
        var fromFlag = await CliSession.RunAsync(["render", "--config", _file, "--users", "3"], variables);
        Assert.Contains("user_id=\"user_004\"", fromVariable.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("user_id=\"user_005\"", fromVariable.Output, StringComparison.Ordinal);
        Assert.Contains("user_id=\"user_002\"", fromFlag.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("user_id=\"user_003\"", fromFlag.Output, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);
}
