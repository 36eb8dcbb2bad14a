using System.Text.Json;
using MetricsSim.Cli;

namespace MetricsSim.Backfill;

/// <summary>
/// The data directory of a Prometheus, there or to be. A block is written beside its place and moved there when it is whole; what is left of
/// a broken one Prometheus clears away at its start, by the ending of its name.
/// </summary>
/// <param name="path">The directory.</param>
internal sealed class BlockDirectory(string path)
{
    private const string Unfinished = ".tmp-for-creation";
    private const int FileBuffer = 1 << 20;

    /// <summary>Makes the directory, so that a long history need not be made before it turns out that it can't be kept.</summary>
    /// <exception cref="OutputException">It could not be made.</exception>
    public void Prepare() => OutputException.Guard(() => Directory.CreateDirectory(path));

    /// <summary>How many blocks are there already that share time with a span; what can't be read is left to Prometheus to complain about.</summary>
    /// <param name="from">ms since the Unix epoch.</param>
    /// <param name="to">After the span.</param>
    public int CountBetween(long from, long to)
    {
        var count = 0;
        foreach (var meta in Directory.EnumerateDirectories(path).Select(block => Path.Combine(block, "meta.json")).Where(File.Exists))
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(meta));
                if (json.RootElement.GetProperty("minTime").GetInt64() < to && json.RootElement.GetProperty("maxTime").GetInt64() > from) count++;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                // Not a block, or none of ours to judge.
            }
        }

        return count;
    }

    /// <summary>Adds a block; one of the same name is of the same inputs and stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Is given what opens a file of the block, and returns the bytes it wrote.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="OutputException">It could not be written, and nothing is left of it.</exception>
    public long Add(string name, Func<Func<string, Stream>, long> write)
    {
        var place = Path.Combine(path, name);
        var beside = place + Unfinished;
        var bytes = 0L;
        OutputException.Guard(() =>
        {
            try
            {
                if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
                Directory.CreateDirectory(Path.Combine(beside, "chunks"));
                bytes = write(file => new FileStream(Path.Combine(beside, file), FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileBuffer));
                if (!Directory.Exists(place)) Directory.Move(beside, place);
            }
            finally
            {
                if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            }
        });
        return bytes;
    }
}
