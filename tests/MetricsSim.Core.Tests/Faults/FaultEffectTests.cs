using MetricsSim.Core.Faults;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>
/// Each fault of the world alone, in its second half: what moves, which way and by how much against the same world without it at the same
/// time, and that everything comes back. What a row doesn't move must stay.
/// </summary>
public sealed class FaultEffectTests
{
    private static readonly Range Same = new(0.985, 1.015);
    private static readonly Range Exactly = new(1, 1);
    private static readonly Range None = new(0, 0.0005);
    private static readonly Range BaseFailures = new(0.007, 0.013);
    private static readonly Range Half = new(0.46, 0.5);
    private static readonly Lazy<(FaultPhase Quiet, FaultPhase During, FaultPhase After)> Plain = new(() => FaultWorlds.Play(FaultWorlds.With()));

    /// <summary>What is looked at. Ratios are to the world without the fault; the rest is as it is published.</summary>
    /// <param name="ErrorType">The error that shows.</param>
    public sealed record Effect(string ErrorType)
    {
        /// <summary>Sessions started, ratio.</summary>
        public Range Sessions { get; init; } = Exactly;

        /// <summary>Tokens, ratio.</summary>
        public Range Tokens { get; init; } = Same;

        /// <summary>Tool calls, ratio: as answers, while tokens also fall because failed sessions lose their long contexts.</summary>
        public Range Calls { get; init; } = Same;

        /// <summary>Mean duration of answered requests, ratio.</summary>
        public Range Duration { get; init; } = Same;

        /// <summary>Share of requests given up with the error.</summary>
        public Range Errors { get; init; } = None;

        /// <summary>Share of ended sessions that failed; 1 % do so anyway.</summary>
        public Range Failed { get; init; } = BaseFailures;

        /// <summary>Mean utilization; 0.48 without a fault.</summary>
        public Range Utilization { get; init; } = Half;

        /// <summary>Least capacity, share of the nominal one.</summary>
        public Range Capacity { get; init; } = Exactly;
    }

    /// <summary>Both ends included.</summary>
    public readonly record struct Range(double Low, double High);

    public static TheoryData<FaultSpec, Effect> Table => new()
    {
        // Half the sessions get nothing. They give up three times within 45 s, so that of the requests made far fewer than half are theirs.
        {
            new() { Type = FaultType.ModelOutage, AffectedPercentage = 50 },
            new("service_unavailable") { Tokens = new(0.48, 0.52), Calls = new(0.48, 0.52), Errors = new(0.19, 0.23), Failed = new(0.46, 0.51), Utilization = new(0.23, 0.26) }
        },
        // Sonnet runs 60 % of the sessions.
        {
            new() { Type = FaultType.ModelOutage, Model = "claude-sonnet-4-5-20250929" },
            new("service_unavailable") { Tokens = new(0.36, 0.4), Calls = new(0.36, 0.4), Errors = new(0.28, 0.31), Failed = new(0.58, 0.63), Utilization = new(0.18, 0.2) }
        },
        {
            new() { Type = FaultType.TotalOutage },
            new("service_unavailable") { Tokens = new(0, 0), Calls = new(0, 0), Duration = new(0, 0), Errors = new(1, 1), Failed = new(0.94, 0.98), Utilization = new(0, 0) }
        },
        // Every two minutes 8 % of the sessions fail for 30 s, and those that stay share what is left, in the end 66/s for 50/s.
        {
            new() { Type = FaultType.CascadeFailure, AffectedPercentage = 40 },
            new("service_unavailable") { Tokens = new(0.95, 0.99), Calls = new(0.95, 0.99), Errors = new(0.01, 0.016), Failed = new(0.025, 0.045), Utilization = new(0.68, 0.74), Capacity = new(0.6, 0.6) }
        },
        // Half the sessions wait 2 to 4 s more on a mean service time of 0.867 s: (0.867 + 1.5)/0.867 = 2.73. No server is held by that.
        {
            new() { Type = FaultType.NetworkLatency, AffectedPercentage = 50, MinDelayMilliseconds = 2000, MaxDelayMilliseconds = 4000 },
            new("timeout") { Duration = new(2.68, 2.78) }
        },
        // Over the timeout nobody of that half is answered, and all of its three attempts use capacity.
        {
            new() { Type = FaultType.NetworkLatency, AffectedPercentage = 50, MinDelayMilliseconds = 60_000, MaxDelayMilliseconds = 90_000 },
            new("timeout") { Tokens = new(0.48, 0.52), Calls = new(0.48, 0.52), Duration = new(1.02, 1.08), Errors = new(0.45, 0.51), Failed = new(0.11, 0.16), Utilization = new(0.87, 0.93) }
        },
        // Half the users are kept out, and each of their sessions is refused again every minute.
        {
            new() { Type = FaultType.AuthenticationFailures, AffectedPercentage = 50, RetryAfter = TimeSpan.FromSeconds(60) },
            new("auth") { Sessions = new(0.49, 0.55), Tokens = new(0.5, 0.56), Calls = new(0.5, 0.56), Errors = new(0.35, 0.41), Utilization = new(0.25, 0.28), Failed = new(0.007, 0.018) }
        },
        // Three refused in a row end a session, 0.3³ at each request.
        {
            new() { Type = FaultType.RateLimiting, AffectedPercentage = 30 },
            new("rate_limit") { Tokens = new(0.53, 0.59), Calls = new(0.61, 0.67), Errors = new(0.285, 0.315), Failed = new(0.15, 0.19), Utilization = new(0.3, 0.33) }
        },
        // 55/s are left for 50/s: answers come later, but they come.
        {
            new() { Type = FaultType.ResourceExhaustion, AffectedPercentage = 50 },
            new("rate_limit") { Tokens = new(0.97, 1.01), Duration = new(1.4, 1.6), Utilization = new(0.93, 0.98), Capacity = new(0.5, 0.5) }
        },
        // 33/s are left: waits rise to the longest one of 10 s, and the rest is shed.
        {
            new() { Type = FaultType.ResourceExhaustion, AffectedPercentage = 70 },
            new("rate_limit") { Tokens = new(0.37, 0.42), Calls = new(0.44, 0.5), Duration = new(11.5, 13), Errors = new(0.39, 0.46), Failed = new(0.36, 0.43), Utilization = new(1, 1), Capacity = new(0.3, 0.30000001) }
        },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_alone_moves_what_it_should_and_it_comes_back(FaultSpec fault, Effect effect)
    {
        var (quiet, during, after) = FaultWorlds.Play(FaultWorlds.With(fault));
        var problems = new List<string>();
        var untouched = new Effect(effect.ErrorType);
        Look(untouched, quiet, Plain.Value.Quiet, problems, "before");
        Look(effect, during, Plain.Value.During, problems, "during");
        Look(untouched, after, Plain.Value.After, problems, "after");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static void Look(Effect effect, FaultPhase phase, FaultPhase plain, List<string> problems, string when)
    {
        void Check(Range range, double value, string what)
        {
            if (!(value >= range.Low && value <= range.High)) problems.Add($"{when}, {what}: {value:g6} is not within {range.Low} to {range.High}");
        }

        Check(effect.Sessions, phase.SessionsPerSecond / plain.SessionsPerSecond, "sessions started");
        Check(effect.Tokens, phase.TokensPerSecond / plain.TokensPerSecond, "tokens");
        Check(effect.Calls, phase.ToolCallsPerSecond / plain.ToolCallsPerSecond, "tool calls");
        Check(effect.Duration, phase.MeanDuration / plain.MeanDuration, "duration");
        Check(effect.Errors, phase.Share(effect.ErrorType), $"errors {effect.ErrorType}");
        Check(effect.Failed, phase.FailedSessions, "failed sessions");
        Check(effect.Utilization, phase.Utilization, "utilization");
        Check(effect.Capacity, phase.MinCapacity / FaultWorlds.Capacity, "capacity");
    }
}
