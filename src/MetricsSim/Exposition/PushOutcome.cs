namespace MetricsSim.Exposition;

/// <summary>What became of a sample that was queued for a receiver.</summary>
internal enum PushOutcome
{
    /// <summary>The receiver took it.</summary>
    Sent,

    /// <summary>The receiver refused it.</summary>
    Failed,

    /// <summary>The queue was full, or the daemon ended, before it could be sent.</summary>
    Dropped,
}
