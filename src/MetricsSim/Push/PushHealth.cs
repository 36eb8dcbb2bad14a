namespace MetricsSim.Push;

/// <summary>Logs how a receiver is, once each time that changes, not once for every request.</summary>
/// <param name="url">The receiver.</param>
/// <param name="log">Takes the lines.</param>
internal sealed class PushHealth(Uri url, ILogger log)
{
    private readonly Lock _lock = new();
    private SendOutcome _last = SendOutcome.Sent;
    private bool _dropping, _lateRefused, _exemplarsLost;

    /// <summary>Takes note of an attempt.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="isLate">Whether samples came late on purpose, so that it is no surprise, and told once, when they are refused.</param>
    public void Tell(SendResult result, bool isLate = false)
    {
        if (isLate && result.Outcome == SendOutcome.Refused)
        {
            if (!Interlocked.Exchange(ref _lateRefused, true)) PushLog.LateRefused(log, url, result.Reason);
            return;
        }

        lock (_lock)
        {
            if (result.Outcome == _last) return;
            _last = result.Outcome;

            // A receiver that takes all but slowly would have the queue full and not full in turns.
            if (result.Outcome == SendOutcome.Sent) _dropping = false;
        }

        switch (result.Outcome)
        {
            case SendOutcome.Retry:
                PushLog.Failing(log, url, result.Reason);
                break;
            case SendOutcome.Refused:
                PushLog.Refused(log, url, result.Reason);
                break;
            default:
                PushLog.Recovered(log, url);
                break;
        }
    }

    /// <summary>Takes note of a receiver that takes samples but not their exemplars; it is told once.</summary>
    public void TellExemplarsLost()
    {
        if (!Interlocked.Exchange(ref _exemplarsLost, true)) PushLog.ExemplarsLost(log, url);
    }

    /// <summary>Takes note of a queue that is full.</summary>
    public void TellDropped()
    {
        lock (_lock)
        {
            if (_dropping) return;
            _dropping = true;
        }

        PushLog.Dropping(log, url);
    }
}
