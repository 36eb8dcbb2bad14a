namespace MetricsSim.Configuration;

/// <summary>The texts that a configuration was read from. Read again they give the same configuration, bit for bit.</summary>
/// <param name="FileName">Name of the file in messages.</param>
/// <param name="Text">The file.</param>
/// <param name="Overrides">Values of flags and the environment.</param>
/// <param name="Scenarios">Scenario files beside it.</param>
internal sealed record ConfigSource(
    string FileName, string Text, IReadOnlyList<ConfigOverride> Overrides, IReadOnlyList<SourceFile> Scenarios)
{
    private const string StartKey = "simulation.start", ApiKey = "server.api_key", Pinned = "start of the run";

    /// <summary>The same texts for a run that has begun: <c>now</c> was resolved, and the key of the environment stays there.</summary>
    /// <param name="start">Instant of tick 0.</param>
    /// <returns>The texts, with the start as the last override.</returns>
    public ConfigSource PinnedTo(DateTimeOffset start) => this with
    {
        Overrides =
        [
            .. Overrides.Where(value => value.Key is not (StartKey or ApiKey)),
            new ConfigOverride(StartKey, start.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"), Pinned),
        ],
    };

    /// <summary>The overrides that somebody asked for.</summary>
    public IReadOnlyList<ConfigOverride> Asked => [.. Overrides.Where(value => value.Origin != Pinned)];

    /// <summary>Reads the texts again.</summary>
    /// <returns>The configuration, or every error.</returns>
    public ConfigResult Read() => ConfigLoader.Parse(Text, FileName, Overrides, [.. Scenarios.Select(file => (file.Name, file.Text))]);

    /// <summary>Whether files have other texts; values of flags are not compared.</summary>
    /// <param name="other">Another reading.</param>
    /// <returns>True if the configuration or a scenario file was changed, added or removed.</returns>
    public bool FilesDiffer(ConfigSource other) => Text != other.Text || !Scenarios.SequenceEqual(other.Scenarios);
}

/// <summary>A file that was read.</summary>
/// <param name="Name">Its path as found.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string Name, string Text);
