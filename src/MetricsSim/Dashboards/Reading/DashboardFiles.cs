namespace MetricsSim.Dashboards.Reading;

/// <summary>Finds and reads dashboards that are files.</summary>
internal static class DashboardFiles
{
    /// <summary>Where they are unless somebody says otherwise.</summary>
    public const string DefaultDirectory = "dashboards";

    /// <summary>Reads all of them, good and bad.</summary>
    /// <param name="paths">Files, and directories whose <c>*.json</c> are taken; none for <see cref="DefaultDirectory"/>.</param>
    /// <returns>A reading for each file, by name within a directory; and one with an error for each path that is neither.</returns>
    public static IReadOnlyList<DashboardReading> Read(IReadOnlyList<string> paths)
    {
        var files = (paths.Count == 0 ? [DefaultDirectory] : paths).SelectMany(Expand).ToList();
        return [.. files.DistinctBy(file => file.Problem is null ? Path.GetFullPath(file.Path) : file.Path, StringComparer.Ordinal).Select(file => file.Problem is null ? ReadFile(file.Path) : Failed(file.Path, file.Problem))];
    }

    private static IEnumerable<(string Path, string? Problem)> Expand(string path)
    {
        if (!Directory.Exists(path)) return [(path, File.Exists(path) ? null : "there is no such file or directory")];
        try
        {
            var found = Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).Select(file => (file, (string?)null)).ToList();
            return found.Count > 0 ? found : [(path, "the directory has no *.json")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [(path, $"can't be read: {e.Message}")];
        }
    }

    private static DashboardReading ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            // Devices and pipes have no end that could be trusted.
            var bytes = new byte[DashboardReader.MostBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return DashboardReader.Read(path, bytes.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Failed(path, $"can't be read: {e.Message}");
        }
    }

    private static DashboardReading Failed(string path, string problem) => new(null, [new DashboardFinding(path, "", problem)], []);
}
