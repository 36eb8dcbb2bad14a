using System.Text;
using MetricsSim.Cli;

namespace MetricsSim.Reports;

/// <summary>Writes reports as files: UTF-8 without a mark; what fails is for the user.</summary>
internal static class TextFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes the directory of a file, so that long work does not end with it turning out that there is none.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="OutputException">It could not be made.</exception>
    public static void Prepare(string path) => OutputException.Guard(() =>
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
    });

    /// <summary>Writes files; older ones are replaced.</summary>
    /// <param name="files">Their paths, and what makes their text.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<(string Path, Func<string> Text)> files)
    {
        foreach (var (path, text) in files) OutputException.Guard(() => File.WriteAllText(path, text(), Utf8));
        return [.. files.Select(file => file.Path)];
    }
}
