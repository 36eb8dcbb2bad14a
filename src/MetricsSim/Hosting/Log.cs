using MetricsSim.Core.Faults;

namespace MetricsSim.Hosting;

/// <summary>What the host logs.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Control on http://{Host}:{Port}, metrics on http://{Host}:{MetricsPort}/metrics")]
    public static partial void Listening(ILogger logger, string host, int port, int metricsPort);

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "{Users} users, seed {Seed}, tick {Tick}, speed {Speed}, from {Start:O}")]
    public static partial void Simulating(ILogger logger, int users, ulong seed, TimeSpan tick, double speed, DateTimeOffset start);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Ticks run {Seconds:F1} s late: the machine is too slow for this population at this speed")]
    public static partial void Lagging(ILogger logger, double seconds);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "Stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "Stopped at tick {Tick}")]
    public static partial void Stopped(ILogger logger, long tick);

    [LoggerMessage(EventId = 105, Level = LogLevel.Critical, Message = "The simulation failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 107, Level = LogLevel.Information, Message = "Simulation {Simulation} of scenario {Scenario} was stopped at tick {Tick}")]
    public static partial void SimulationStopped(ILogger logger, string simulation, string scenario, long tick);

    [LoggerMessage(EventId = 106, Level = LogLevel.Information, Message = "Scenario {Scenario} runs as {Simulation}")]
    public static partial void ScenarioStarted(ILogger logger, string scenario, string simulation);

    [LoggerMessage(EventId = 108, Level = LogLevel.Information, Message = "Load set to {Multiplier} at tick {Tick}")]
    public static partial void LoadSet(ILogger logger, double multiplier, long tick);

    [LoggerMessage(EventId = 109, Level = LogLevel.Information, Message = "Fault {Fault} of type {Type} begins at tick {Tick}")]
    public static partial void FaultAdded(ILogger logger, string fault, FaultType type, long tick);

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "Fault {Fault} was removed at tick {Tick}")]
    public static partial void FaultRemoved(ILogger logger, string fault, long tick);

    [LoggerMessage(EventId = 112, Level = LogLevel.Information, Message = "Simulation {Simulation} of scenario {Scenario} {Judged}")]
    public static partial void SimulationJudged(ILogger logger, string simulation, string scenario, string judged);

    [LoggerMessage(EventId = 113, Level = LogLevel.Error, Message = "Can't write the ground truth to {Path}: {Reason}")]
    public static partial void TruthNotWritten(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 114, Level = LogLevel.Information, Message = "The ground truth is written to {Path} again")]
    public static partial void TruthWrittenAgain(ILogger logger, string path);

    [LoggerMessage(EventId = 115, Level = LogLevel.Warning, Message = "The ground truth keeps the last {Simulations} simulations and {Faults} further faults; older ones are dropped from now on")]
    public static partial void TruthDropped(ILogger logger, int simulations, int faults);

    [LoggerMessage(EventId = 111, Level = LogLevel.Information, Message = "Clock at speed {Speed}, paused: {Paused}, from tick {Tick}")]
    public static partial void ClockChanged(ILogger logger, double speed, bool paused, long tick);
}
