using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.ClientEvents;

/// <summary>Identifiers that clients publish.</summary>
public static class ClientIds
{
    /// <summary>The value of <c>session_id</c>.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <returns>A UUID.</returns>
    public static string Session(in KeyedRandom random, ulong session) => random.Uuid(session, 3);

    /// <summary>The value of <c>request_id</c>.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Request(in KeyedRandom random, ulong session, int request) =>
        random.Draw(session, Purpose.Identifier, request, 4).BitsA.ToString("x16");

    /// <summary>The value of <c>prompt.id</c>.</summary>
    /// <param name="random">The world's randomness.</param>
    /// <param name="session">Key of the session.</param>
    /// <param name="first">Number of the request that begins with the prompt.</param>
    /// <returns>A UUID.</returns>
    public static string Prompt(in KeyedRandom random, ulong session, int first) => random.Uuid(session, 6, first);
}
