using System.Text;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration;

/// <summary>Reads the configuration: file, then flags and environment, then the catalogue of scenarios. Never throws on bad input.</summary>
internal static class ConfigLoader
{
    /// <summary>The file taken when none is named and it exists.</summary>
    public const string DefaultPath = "config/simulator-config.yml";

    private const string ScenarioFolder = "scenarios";

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file; null is <see cref="DefaultPath"/> if it exists, else the built-in copy of it.</param>
    /// <param name="overrides">Values of flags and the environment; of two for one key the later wins.</param>
    /// <param name="time">The clock that <c>simulation.start: now</c> asks; null is the system's.</param>
    /// <returns>The configuration, or every error.</returns>
    public static ConfigResult Load(string? path, IReadOnlyList<ConfigOverride> overrides, TimeProvider? time = null)
    {
        if (path is null && !File.Exists(DefaultPath)) return Parse(BuiltIn.Config, BuiltIn.ConfigName, overrides, [], time);
        path ??= DefaultPath;
        var failures = new List<ConfigFinding>();
        var text = ReadText(path, failures);
        var scenarios = ReadScenarios(path, failures);
        if (text is null) return new ConfigResult(null, failures, []);
        var result = Parse(text, path, overrides, scenarios, time);
        return failures.Count == 0
            ? result with { Config = result.Config is null ? null : result.Config with { Path = path } }
            : new ConfigResult(null, [.. failures, .. result.Errors], result.Warnings);
    }

    /// <summary>Reads texts that somebody else has read.</summary>
    /// <param name="text">The configuration; empty for all defaults.</param>
    /// <param name="fileName">Its name in messages.</param>
    /// <param name="overrides">Values of flags and the environment.</param>
    /// <param name="scenarioFiles">Scenario files, each with one scenario; they lie over the shipped ones and under the configuration's own.</param>
    /// <param name="time">The clock that <c>simulation.start: now</c> asks; null is the system's.</param>
    /// <returns>The configuration, or every error.</returns>
    public static ConfigResult Parse(
        string text,
        string fileName,
        IReadOnlyList<ConfigOverride> overrides,
        IReadOnlyList<(string FileName, string Text)> scenarioFiles,
        TimeProvider? time = null)
    {
        var result = new ConfigReading(fileName, time ?? TimeProvider.System).Read(text, overrides, scenarioFiles);
        if (result.Config is null) return result;
        var source = new ConfigSource(fileName, text, overrides, [.. scenarioFiles.Select(file => new SourceFile(file.FileName, file.Text))]);
        return result with { Config = result.Config with { Source = source } };
    }

    /// <summary>The scenario files that belong to a configuration file.</summary>
    /// <param name="path">The configuration file.</param>
    /// <returns>Their paths, in order; none if there is no such folder.</returns>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be read.</exception>
    public static IReadOnlyList<string> ScenarioFiles(string path)
    {
        var folder = FolderOf(path);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yml" or ".yaml").Order(StringComparer.Ordinal)];
    }

    private static string FolderOf(string path) => Path.Combine(Path.GetDirectoryName(path) ?? "", ScenarioFolder);

    private static List<(string FileName, string Text)> ReadScenarios(string path, List<ConfigFinding> failures)
    {
        try
        {
            return
            [
                .. ScenarioFiles(path).Select(file => (file, ReadText(file, failures))).Where(file => file.Item2 is not null).Select(file => (file.file, file.Item2!)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failures.Add(new ConfigFinding(FolderOf(path), 0, 0, "", $"can't be read: {exception.Message}"));
            return [];
        }
    }

    private static string? ReadText(string path, List<ConfigFinding> failures)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = ReadUpTo(stream, YamlText.MaxLength + 1);
            if (bytes.Length > YamlText.MaxLength) return Fail($"larger than {YamlText.MaxLength / 1024 / 1024} MB");
            var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(start));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail("no such file");
        }
        catch (DecoderFallbackException exception)
        {
            return Fail($"not UTF-8 text: byte {exception.Index} is not part of a character");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return Fail("is a folder, not a file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Fail($"can't be read: {exception.Message}");
        }

        string? Fail(string message)
        {
            failures.Add(new ConfigFinding(path, 0, 0, "", message));
            return null;
        }
    }

    // The length of a pipe isn't known beforehand, and an endless one must end here.
    private static byte[] ReadUpTo(Stream stream, int limit)
    {
        using var result = new MemoryStream();
        var buffer = new byte[81920];
        while (result.Length < limit && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, limit - result.Length)) is var read and > 0)
            result.Write(buffer, 0, read);
        return result.ToArray();
    }
}
