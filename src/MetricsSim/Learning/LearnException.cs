namespace MetricsSim.Learning;

/// <summary>Nothing can be learned from what was given.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">Why, in one line for the user.</param>
internal sealed class LearnException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
