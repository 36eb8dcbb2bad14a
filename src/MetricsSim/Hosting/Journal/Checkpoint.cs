using System.Text.Json;

namespace MetricsSim.Hosting.Journal;

/// <summary>
/// The state of a run at a tick boundary. Its file is a line of JSON that names the sections and their sizes, then their bytes: the
/// world's, and those of whoever else keeps something along with it.
/// </summary>
/// <param name="Tick">Ticks stepped.</param>
/// <param name="Changes">Changes of the journal that it has in it.</param>
/// <param name="Sections">Bytes by name.</param>
internal sealed record Checkpoint(long Tick, int Changes, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Sections)
{
    /// <summary>Name of the world's section.</summary>
    public const string World = "world";

    /// <summary>Name of the section with what is recorded of simulations.</summary>
    public const string Runs = "runs";

    /// <summary>Opens a section.</summary>
    /// <param name="section">Its name.</param>
    /// <returns>Its bytes; none if there is no such section.</returns>
    public Stream Open(string section) => new MemoryStream(Sections.TryGetValue(section, out ReadOnlyMemory<byte> bytes) ? bytes.ToArray() : []);

    /// <summary>The pieces of its file, in order.</summary>
    /// <returns>The line, then each section.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>> Encode()
    {
        var contents = new Contents(Tick, Changes, [.. Sections.Select(section => new Section(section.Key, section.Value.Length))]);
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(contents), (byte)'\n'];
        return [line, .. Sections.Values];
    }

    /// <summary>Reads a file whose checksum was found right.</summary>
    /// <param name="file">All of it.</param>
    /// <returns>The checkpoint, or null if it is none.</returns>
    public static Checkpoint? Decode(ReadOnlyMemory<byte> file)
    {
        int line = file.Span.IndexOf((byte)'\n');
        if (line < 0 || Parse(file.Span[..line]) is not { } contents) return null;
        var sections = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        ReadOnlyMemory<byte> rest = file[(line + 1)..];
        foreach (Section section in contents.Sections)
        {
            if (section.Bytes < 0 || section.Bytes > rest.Length) return null;
            sections[section.Name] = rest[..section.Bytes];
            rest = rest[section.Bytes..];
        }

        return rest.IsEmpty ? new Checkpoint(contents.Tick, contents.Changes, sections) : null;
    }

    private static Contents? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<Contents>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Contents(long Tick, int Changes, IReadOnlyList<Section> Sections);

    private sealed record Section(string Name, int Bytes);
}
