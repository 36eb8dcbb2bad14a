using System.IO.Compression;

namespace MetricsSim.Exports;

/// <summary>A file that has its name only when it is whole: until then it stands beside it as <c>NAME.part</c>, and goes with this object.</summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string _part;
    private bool _published;

    /// <summary>Begins the file.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="gzip">Whether to compress it.</param>
    /// <exception cref="IOException">It can't be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public PendingFile(string path, bool gzip)
    {
        Path = path;
        _part = path + ".part";
        var file = File.Create(_part, bufferSize: 1 << 16);
        // Pages repeat each other nearly byte for byte: the fastest level already makes 5 % of them.
        Stream = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Takes its content.</summary>
    public Stream Stream { get; }

    /// <summary>Ends the content, so that nothing but a change of name is left to fail.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Complete() => Stream.Dispose();

    /// <summary>Gives it its name; an older file is replaced.</summary>
    /// <exception cref="IOException">Something is in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Publish()
    {
        File.Move(_part, Path, overwrite: true);
        _published = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_published) return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Nobody wants the rest any more.
        }

        try
        {
            File.Delete(_part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what the user should hear of.
        }
    }
}
