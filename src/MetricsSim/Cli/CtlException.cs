namespace MetricsSim.Cli;

/// <summary>A call to the daemon that failed, for the user to read.</summary>
/// <param name="exitCode">What the program ends with.</param>
/// <param name="lines">Why, a sentence each.</param>
internal sealed class CtlException(int exitCode, IReadOnlyList<string> lines) : Exception(string.Join("; ", lines))
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Why, a sentence each.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>What the daemon answered; null if it did not.</summary>
    public System.Net.HttpStatusCode? Status { get; init; }

    /// <summary>Whether it may go well a moment later: the daemon is away, starting or stopping.</summary>
    public bool IsTransient => ExitCode == ExitCodes.MissingDependency && !IsFinal;

    /// <summary>Whether no waiting helps.</summary>
    public bool IsFinal { get; init; }
}
