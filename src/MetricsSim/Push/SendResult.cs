using MetricsSim.Exposition;

namespace MetricsSim.Push;

/// <summary>What became of one attempt to send a request.</summary>
internal enum SendOutcome
{
    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>It may be taken later: 5xx, 429, no connection, no answer in time.</summary>
    Retry,

    /// <summary>It will never be taken: any other answer, redirects included.</summary>
    Refused,
}

/// <summary>One attempt to send a request.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was not taken, one line; empty if it was.</param>
/// <param name="RetryAfter">How long the receiver asks to wait; null if it doesn't.</param>
/// <param name="Written">What has been written, or of a request that was not taken as a whole, what the receiver says it has (2.0 only).</param>
internal sealed record SendResult(SendOutcome Outcome, string Reason = "", TimeSpan? RetryAfter = null, PushedCount Written = default);
