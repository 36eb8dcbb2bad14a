using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration;

/// <summary>
/// Collects what is found in one source, and knows where each key was written, so that the document and the domain need not:
/// they name a key, and the finding gets its place.
/// </summary>
internal sealed class Report(string file)
{
    /// <summary>More errors than anybody reads: a broken file can hold one per node.</summary>
    private const int MostErrors = 1000;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly List<ConfigFinding> _errors = [];
    private readonly List<ConfigFinding> _warnings = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private int _leftOut;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsClean => _errors.Count == 0;

    /// <summary>Errors in order of place; those from flags and the environment first.</summary>
    public IEnumerable<ConfigFinding> Errors => Ordered(_errors).Concat(
        _leftOut == 0 ? [] : [new ConfigFinding(file, 0, 0, "", $"{_leftOut} more errors are left out")]);

    /// <summary>Warnings in order of place.</summary>
    public IEnumerable<ConfigFinding> Warnings => Ordered(_warnings);

    /// <summary>Joins a key to a path.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Name(key) : $"{path}.{Name(key)}";

    /// <summary>Notes where a key's value was written.</summary>
    public void Locate(string path, Place place) => _places[path] = place;

    /// <summary>Whether the source gives this key.</summary>
    public bool IsSet(string path) => _places.ContainsKey(path);

    /// <summary>The first of two keys that the source gives: where a disagreement of the two is reported.</summary>
    public string FirstSet(string first, string second) => IsSet(first) ? first : second;

    /// <summary>Notes an error at a key.</summary>
    public void Error(string path, string message) => Error(PlaceOf(path), path, message);

    /// <summary>Notes an error at a place.</summary>
    public void Error(Place place, string path, string message)
    {
        for (var failed = path; failed.Length > 0 && _failed.Add(failed);) failed = Parent(failed);
        if (_errors.Count < MostErrors) _errors.Add(new ConfigFinding(place.File, place.Line, place.Column, path, message));
        else _leftOut++;
    }

    /// <summary>Notes a warning at a key.</summary>
    public void Warn(string path, string message)
    {
        var place = PlaceOf(path);
        if (_warnings.Count < MostErrors) _warnings.Add(new ConfigFinding(place.File, place.Line, place.Column, path, message));
    }

    /// <summary>Forgets warnings: those about shipped files are for their authors.</summary>
    public void DropWarnings() => _warnings.Clear();

    /// <summary>Whether an error stands at a key or below it; then nothing that follows from its value is worth saying.</summary>
    public bool Failed(string path) => _failed.Contains(path);

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];

    private static string Name(string key) => Quoting.Quote(key, quotes: false);

    private static IEnumerable<ConfigFinding> Ordered(List<ConfigFinding> findings) =>
        findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column);

    /// <summary>Where a key was written; a key that is not there is reported at what should hold it.</summary>
    public Place PlaceOf(string path)
    {
        while (path.Length > 0)
        {
            if (_places.TryGetValue(path, out var place)) return place;
            path = Parent(path);
        }

        return new Place(file, 0, 0);
    }
}
