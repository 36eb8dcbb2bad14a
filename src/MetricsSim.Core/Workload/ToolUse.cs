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
    public static void Play(in KeyedRandom random, ulong session, int request, long busyMicros, PopulationRecorder recorder)
    {
        var block = random.Draw(session, Purpose.Tools, request);
        var userMicros = RandomBlock.Uniform(block.W1) < PromptShare ? LogNormal(LogPromptMicros, 0.8, block.W2) : 0;
        var cliMicros = busyMicros;
        var calls = UserDirectory.Pick(CallEnds, RandomBlock.Uniform(block.W0));
        for (var call = 0; call < calls; call++) cliMicros += Call(random, session, request, call, recorder);
        recorder.ActiveTime(session, userMicros, cliMicros);
    }

    private static long Call(in KeyedRandom random, ulong session, int request, int call, PopulationRecorder recorder)
    {
        var block = random.Draw(session, Purpose.ToolCall, request, call * 2);
        var index = UserDirectory.Pick(ToolEnds, RandomBlock.Uniform(block.W0));
        var tool = All[index];
        var edit = tool.Edits ? random.Draw(session, Purpose.ToolCall, request, (call * 2) + 1) : default;
        if (tool.Edits)
        {
            var accepted = RandomBlock.Uniform(edit.W0) < AcceptShare;
            recorder.Decision(session, index, accepted);
            // A rejected edit is never run, so it is no tool call.
            if (!accepted) return 0;
        }

        var failed = RandomBlock.Uniform(block.W1) < tool.ErrorShare;
        recorder.ToolCall(session, index, failed);
        if (failed)
        {
            recorder.ToolError(session, index, (int)(block.W3 % (uint)tool.Errors.Count));
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

        return LogNormal(LogMicros[index], 0.7, block.W2);
    }

    private static long LogNormal(double logMedian, double sigma, uint word) =>
        (long)Math.Round(PortableMath.Exp(logMedian + (sigma * NormalTable.Quantile(word))));
}
