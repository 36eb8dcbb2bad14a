using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.ClientEvents;

/// <summary>
/// What users ask. The workload has requests only; a request begins with a prompt if it is the first of its session, or if the user was
/// active before it, which is what the counter of active time says too. The requests up to the next prompt are about that one.
/// </summary>
public static class Prompts
{
    // Nobody waits for the end of a search that goes back through a session of days.
    private const int MostRequests = 1000;
    private static readonly double LogMedianLength = PortableMath.Log(120);

    /// <summary>Whether a request begins with a prompt.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request.</param>
    public static bool BeginsWith(in KeyedRandom random, ulong session, int request) =>
        request <= 0 || ToolUse.FollowsPrompt(random.Draw(session, Purpose.Tools, request));

    /// <summary>The request that began with the prompt that another is about.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request; −1 stands for the first.</param>
    /// <returns>Its number, at most <paramref name="request"/>.</returns>
    public static int FirstRequest(in KeyedRandom random, ulong session, int request)
    {
        var first = Math.Max(request, 0);
        for (var i = 0; i < MostRequests && !BeginsWith(random, session, first); i++) first--;
        return first;
    }

    /// <summary>Characters of the prompt that a request begins with: log-normal with median 120.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request.</param>
    /// <returns>At least 1.</returns>
    public static int Length(in KeyedRandom random, ulong session, int request) =>
        1 + (int)PortableMath.Exp(LogMedianLength + NormalTable.Quantile(random.Draw(session, Purpose.Prompt, request).W0));
}
