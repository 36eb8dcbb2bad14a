using MetricsSim.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace MetricsSim.Tests.Deploy;

/// <summary>The shipped files of the stack around the simulator.</summary>
internal static class DeployFiles
{
    /// <summary>The folder of the alert and recording rules.</summary>
    public static string Rules { get; } = PathOf("deploy/prometheus/rules");

    /// <summary>The configuration of Alertmanager.</summary>
    public static string Alertmanager { get; } = PathOf("deploy/alertmanager/alertmanager.yml");

    /// <summary>The absolute path of a file of the repository.</summary>
    public static string PathOf(string file) => Path.Combine(RepositoryRoot.Path, file);

    /// <summary>The text of a file of the repository.</summary>
    public static string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The text of a file in which names of the compose network are those of this test.</summary>
    public static string Rewritten(string file, params (string From, string To)[] names)
    {
        var text = Text(file);
        foreach (var (from, to) in names)
        {
            if (!text.Contains(from, StringComparison.Ordinal)) throw new InvalidOperationException($"{file} doesn't have {from}.");
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A YAML file with its anchors merged.</summary>
    public static YamlMap Yaml(string file)
    {
        using var reader = new StringReader(Text(file));
        return new YamlMap(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(reader))));
    }
}

/// <summary>A mapping of a YAML file.</summary>
internal sealed class YamlMap(Dictionary<object, object?> map)
{
    public IEnumerable<string> Keys => map.Keys.Select(key => (string)key);

    public bool Has(string key) => map.ContainsKey(key);

    /// <summary>The text at a key, or "".</summary>
    public string Text(string key) => map.GetValueOrDefault(key) as string ?? "";

    /// <summary>The mapping at a key; empty where there is none.</summary>
    public YamlMap Map(string key) => map.GetValueOrDefault(key) as Dictionary<object, object?> is { } inner ? new(inner) : new([]);

    /// <summary>The texts of the list at a key; empty where there is none.</summary>
    public string[] Texts(string key) => [.. Items(key).OfType<string>()];

    /// <summary>The mappings of the list at a key.</summary>
    public YamlMap[] Maps(string key) => [.. Items(key).OfType<Dictionary<object, object?>>().Select(item => new YamlMap(item))];

    private List<object> Items(string key) => map.GetValueOrDefault(key) as List<object> ?? [];
}
