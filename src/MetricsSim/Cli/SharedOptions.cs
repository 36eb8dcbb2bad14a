using System.CommandLine;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed class SharedOptions
{
    private const int MaxThreads = 1024;

    /// <summary>The configuration file.</summary>
    public Option<string> Config { get; } = new("--config")
    {
        Description = $"Configuration file [env: CONFIG_FILE; default: {ConfigLoader.DefaultPath} if it is there, else the built-in copy of it]",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The world's seed.</summary>
    public Option<string> Seed { get; } = new("--seed")
    {
        Description = "Key of every random draw [env: SEED; default: simulation.seed]",
        HelpName = "N",
        Recursive = true,
    };

    /// <summary>How many threads step the world; 0, when it isn't given, leaves it to the population's size.</summary>
    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads that step the world; they decide nothing but speed [default: as many as the population is worth]",
        HelpName = "N",
        Recursive = true,
        CustomParser = Flags.WholeNumber(1, MaxThreads, value => (int)value),
    };

    /// <summary>Machine-readable results.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Results as JSON on standard output; log lines of serve as JSON",
        Recursive = true,
    };

    /// <summary>No colour.</summary>
    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colour [env: NO_COLOR]",
        Recursive = true,
    };

    /// <summary>The number of users, for commands that simulate.</summary>
    /// <returns>A new option.</returns>
    public static Option<string> Users() => new("--users")
    {
        Description = "Number of users [env: USERS; default: users.total]",
        HelpName = "N",
    };

    /// <summary>The shard, for commands that publish series.</summary>
    /// <returns>A new option.</returns>
    public static Option<string> Shard() => new("--shard")
    {
        Description = "Be one of N that share the series: step the whole world, keep every Nth user [default: simulation.shard]",
        HelpName = "I/N",
    };

    /// <summary>Adds them for the root and all commands below.</summary>
    /// <param name="root">The root.</param>
    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { Config, Seed, Threads, Json, NoColor }) root.Options.Add(option);
    }
}
