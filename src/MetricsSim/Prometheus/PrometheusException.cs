using MetricsSim.Configuration;

namespace MetricsSim.Prometheus;

/// <summary>Why a Prometheus gave no answer.</summary>
internal enum PrometheusFailure
{
    /// <summary>Nothing answers at its address.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>A status other than 200 without an error of its API.</summary>
    Status,

    /// <summary>Its API refuses the query or fails to evaluate it.</summary>
    Query,

    /// <summary>The answer isn't one of its API.</summary>
    Malformed,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,
}

/// <summary>A Prometheus gave no answer; the message is one line for the user.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">Without secrets; made one line that a terminal can show, as servers have a say in it.</param>
/// <param name="transient">Whether it may go well a moment later.</param>
internal sealed class PrometheusException(PrometheusFailure failure, string message, bool transient) : Exception(Quoting.Plain(message))
{
    /// <summary>Why.</summary>
    public PrometheusFailure Failure { get; } = failure;

    /// <summary>Whether it may go well a moment later.</summary>
    public bool IsTransient { get; } = transient;
}
