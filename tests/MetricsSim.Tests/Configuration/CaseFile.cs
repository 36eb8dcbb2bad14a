using System.Text;

namespace MetricsSim.Tests.Configuration;

/// <summary>
/// A table of cases as text: <c>=== name</c>, the input, then parts that begin with <c>--- title</c>. METRICSSIM_APPROVE=1 writes the
/// expected parts anew.
/// </summary>
internal sealed class CaseFile
{
    private readonly string _path;
    private readonly OrderedDictionary<string, (string Input, OrderedDictionary<string, List<string>> Parts)> _cases = [];

    public CaseFile(string name)
    {
        _path = Path.Combine(ConfigTestData.Root, "tests", "MetricsSim.Tests", "Configuration", name);
        foreach (var text in File.ReadAllText(_path).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = text.Split("\n--- ");
            var split = parts[0].IndexOf('\n', StringComparison.Ordinal);
            var sections = new OrderedDictionary<string, List<string>>();
            foreach (var part in parts.Skip(1))
            {
                var lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                sections.Add(lines[0], [.. lines.Skip(1)]);
            }

            _cases.Add(parts[0][..split], (parts[0][(split + 1)..].TrimEnd('\n') + "\n", sections));
        }
    }

    public static bool Approving => Environment.GetEnvironmentVariable("METRICSSIM_APPROVE") == "1";

    public IEnumerable<string> Names => _cases.Keys;

    public string Input(string name) => _cases[name].Input;

    public IReadOnlyList<string> Part(string name, string title) => _cases[name].Parts.TryGetValue(title, out var lines) ? lines : [];

    public void SetPart(string name, string title, IEnumerable<string> lines)
    {
        _cases[name].Parts[title] = [.. lines];
    }

    public void Save()
    {
        var builder = new StringBuilder();
        foreach (var (name, (input, parts)) in _cases)
        {
            builder.Append($"=== {name}\n{input}");
            foreach (var (title, lines) in parts.Where(part => part.Value.Count > 0)) builder.Append($"--- {title}\n").AppendJoin("", lines.Select(line => line + "\n"));
        }

        File.WriteAllText(_path, builder.ToString());
    }
}
