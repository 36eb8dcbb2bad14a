using MetricsSim.Core.Engine;

namespace MetricsSim.Exports;

/// <summary>One format of an export. It streams: nothing is kept but the sample it is given.</summary>
internal interface IRunExport
{
    /// <summary>Writes the next sample, and what ends the document behind the last one.</summary>
    /// <param name="sample">The world as a whole.</param>
    /// <param name="world">The world itself, to be read only.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    void Write(RunSample sample, World world);
}
