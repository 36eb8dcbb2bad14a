namespace MetricsSim.Cli;

/// <summary>Results could not be written: the disk is full, the device is gone.</summary>
/// <param name="cause">What the stream said.</param>
internal sealed class OutputException(IOException cause) : Exception(cause.Message, cause);
