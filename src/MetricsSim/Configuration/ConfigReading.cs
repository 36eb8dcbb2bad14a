using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Configuration.Domain;
using MetricsSim.Configuration.Yaml;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration;

/// <summary>One reading of a configuration: YAML, then the document, then the domain, with the catalogue of scenarios.</summary>
internal sealed class ConfigReading(string fileName, TimeProvider time)
{
    private static readonly RecordKind Root = new(typeof(ConfigDocument));
    private static readonly RecordKind ScenarioFile = new(typeof(ScenarioSection));

    private readonly Report _report = new(fileName);
    private readonly List<Report> _scenarioReports = [];

    /// <summary>Reads everything.</summary>
    public ConfigResult Read(string text, IReadOnlyList<ConfigOverride> overrides, IReadOnlyList<(string FileName, string Text)> scenarioFiles)
    {
        var composed = YamlComposer.Compose(text, fileName, _report);
        // Nothing follows from a text that isn't YAML.
        if (composed is null && !_report.IsClean) return new ConfigResult(null, [.. _report.Errors], []);
        var root = Overrides.Apply(composed, overrides, _report);
        var document = root is null ? new ConfigDocument() : (ConfigDocument?)Root.Read(root, "", _report) ?? new ConfigDocument();
        var config = ConfigConverter.Convert(document, _report, time);
        IReadOnlyCollection<string> models = _report.Failed("model_distribution") ? [] : [.. document.ModelDistribution.Keys];

        var catalogue = new Dictionary<string, Scenario>(StringComparer.Ordinal);
        foreach (var file in BuiltIn.Scenarios) Add(catalogue, ReadFile(file, [], warn: false));
        // A shipped file beside the configuration is the built-in copy: nothing new is to be said about it.
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in scenarioFiles.Where(file => !BuiltIn.Scenarios.Any(shipped => IsSame(shipped, file))))
        {
            var scenario = ReadFile(file, models, warn: true);
            if (scenario is not null && !owners.TryAdd(scenario.Id, file.FileName))
                _scenarioReports[^1].Error("id", $"{owners[scenario.Id]} has the id {scenario.Id} already");
            Add(catalogue, scenario);
        }

        foreach (var (id, section) in document.Scenarios) Add(catalogue, ReadOwn(id, section, models));

        ConfigFinding[] errors = [.. _report.Errors, .. _scenarioReports.SelectMany(report => report.Errors)];
        ConfigFinding[] warnings = [.. _report.Warnings, .. _scenarioReports.SelectMany(report => report.Warnings)];
        var whole = config with { World = config.World with { Scenarios = catalogue } };
        return new ConfigResult(errors.Length > 0 ? null : whole, errors, warnings);
    }

    private static void Add(Dictionary<string, Scenario> catalogue, Scenario? scenario)
    {
        if (scenario is not null) catalogue[scenario.Id] = scenario;
    }

    private static bool IsSame((string FileName, string Text) shipped, (string FileName, string Text) file) =>
        Path.GetFileName(file.FileName) == shipped.FileName && file.Text == shipped.Text;

    private Scenario ReadOwn(string id, ScenarioSection section, IReadOnlyCollection<string> models)
    {
        var path = Report.Join("scenarios", id);
        if (section.Id is not null && section.Id != id)
            _report.Error($"{path}.id", $"must be {id}, as the key, or left out, got {Quoting.Quote(section.Id)}");
        return new ScenarioConverter(_report, models).Convert(id, section, path);
    }

    private Scenario? ReadFile((string FileName, string Text) file, IReadOnlyCollection<string> models, bool warn)
    {
        var report = new Report(file.FileName);
        _scenarioReports.Add(report);
        var root = YamlComposer.Compose(file.Text, file.FileName, report);
        if (root is null && report.IsClean) report.Error(new Place(file.FileName, 0, 0), "", "is empty; expected a scenario");
        if (root is null || ScenarioFile.Read(root, "", report) is not ScenarioSection section) return null;
        var id = section.Id ?? Path.GetFileNameWithoutExtension(file.FileName);
        if (!id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            report.Error("id", $"missing, and the file's name {Quoting.Quote(id)} is no id of a-z, 0-9 and _");
        var scenario = new ScenarioConverter(report, models).Convert(id, section, "");
        if (!warn) report.DropWarnings();
        return scenario;
    }
}
