using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Workload;

/// <summary>What follows an answered request: tool calls, edits with their decisions, lines, commits, pull requests, active time.</summary>
internal static class ToolUse
{
    private const double AcceptShare = 0.92;
    private const double CommitShare = 0.05;
    private const double PullRequestShare = 0.15;
    private const double PromptShare = 0.25;
    private static readonly double LogPromptMicros = PortableMath.Log(8e6);
    private static readonly double[] CallEnds = UserDirectory.Cumulate([0.35, 0.45, 0.15, 0.05]);
    private static readonly double[] ToolEnds = UserDirectory.Cumulate(Tools.All.Select(tool => tool.Share));
    private static readonly Tool[] All = [.. Tools.All];
    private static readonly double[] LogMicros = [.. Tools.All.Select(tool => PortableMath.Log(tool.MedianSeconds * 1e6))];
    private static readonly double[] LogAdded = [.. Tools.All.Select(tool => PortableMath.Log(Math.Max(tool.MedianAdded, 1)))];
    private static readonly double[] LogRemoved = [.. Tools.All.Select(tool => PortableMath.Log(Math.Max(tool.MedianRemoved, 1)))];

    /// <summary>Plays what follows one request.</summary>
    public static void Play(in KeyedRandom random, in Operation operation, long at, PopulationRecorder recorder)
    {
        var session = operation.SessionKey;
        var block = random.Draw(session, Purpose.Tools, operation.Request);
        var userMicros = FollowsPrompt(block) ? LogNormal(LogPromptMicros, 0.8, block.W2) : 0;
        var cliMicros = operation.BusyMicros;
        var calls = UserDirectory.Pick(CallEnds, RandomBlock.Uniform(block.W0));
        for (var call = 0; call < calls; call++) cliMicros += Call(random, new ToolCall(session, operation.Request, at, call), recorder);
        recorder.ActiveTime(session, userMicros, cliMicros);
    }

    /// <summary>Whether a request with this draw of <see cref="Purpose.Tools"/> follows something the user did.</summary>
    public static bool FollowsPrompt(in RandomBlock block) => RandomBlock.Uniform(block.W1) < PromptShare;

    private static long Call(in KeyedRandom random, in ToolCall call, PopulationRecorder recorder)
    {
        var session = call.Session;
        var block = random.Draw(session, Purpose.ToolCall, call.Request, call.Number * 2);
        var index = UserDirectory.Pick(ToolEnds, RandomBlock.Uniform(block.W0));
        var tool = All[index];
        var edit = tool.Edits ? random.Draw(session, Purpose.ToolCall, call.Request, (call.Number * 2) + 1) : default;
        var source = DecisionSource.Config;
        if (tool.Edits)
        {
            var accepted = RandomBlock.Uniform(edit.W0) < AcceptShare;
            recorder.Decision(session, index, accepted);
            source = Source(accepted, edit.W3);
            recorder.Events?.Decided(call, index, accepted, source);
            // A rejected edit is never run, so it is no tool call.
            if (!accepted) return 0;
        }

        var failed = RandomBlock.Uniform(block.W1) < tool.ErrorShare;
        recorder.ToolCall(session, index, failed);
        if (failed)
        {
            recorder.ToolError(session, index, Kind(tool, block));
        }
        else if (tool.Edits)
        {
            var removed = tool.MedianRemoved > 0 ? (int)LogNormal(LogRemoved[index], 1, edit.W2) : 0;
            recorder.Lines(session, (int)LogNormal(LogAdded[index], 1, edit.W1), removed);
        }
        else if (index == Tools.Bash && RandomBlock.Uniform(block.W3) < CommitShare)
        {
            recorder.Commit(session);
            // The part of the uniform below the commit's share is uniform again.
            if (RandomBlock.Uniform(block.W3) < CommitShare * PullRequestShare) recorder.PullRequest(session);
        }

        var micros = LogNormal(LogMicros[index], 0.7, block.W2);
        recorder.Events?.Used(call, index, failed ? tool.Errors[Kind(tool, block)] : ErrorKind.None, source, micros);
        return micros;
    }

    private static int Kind(Tool tool, in RandomBlock block) => (int)(block.W3 % (uint)tool.Errors.Count);

    private static DecisionSource Source(bool accepted, uint word) => (accepted, word % 10) switch
    {
        (true, < 5) => DecisionSource.Config,
        (true, < 8) => DecisionSource.UserTemporary,
        (true, _) => DecisionSource.UserPermanent,
        (false, < 8) => DecisionSource.UserReject,
        (false, _) => DecisionSource.UserAbort,
    };

    private static long LogNormal(double logMedian, double sigma, uint word) =>
        (long)Math.Round(PortableMath.Exp(logMedian + (sigma * NormalTable.Quantile(word))));
}
