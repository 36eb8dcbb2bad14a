using MetricsSim.Core.Faults;
using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>The series that a request brought in a cardinality explosion.</summary>
/// <param name="users">Row axis of user series, for the user's labels.</param>
/// <param name="request">The request.</param>
/// <param name="model">Id of its model.</param>
/// <param name="requestId">What <c>request_id</c> says.</param>
/// <param name="owner">The explosion it vanishes with.</param>
internal sealed class RequestRow(UserRows users, in EndedRequest request, string model, string requestId, ActiveFault owner) : LiveRow
{
    public EndedRequest Request { get; } = request;

    public ActiveFault Owner { get; } = owner;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels =>
        [.. users.LabelsOf(Request.User), new("model", model), new("request_id", requestId)];
}

/// <summary>A request that ended.</summary>
/// <param name="At">When, µs since tick 0.</param>
/// <param name="SessionKey">Key of its session.</param>
/// <param name="Number">Its number in the session.</param>
/// <param name="Model">Index of its model.</param>
internal readonly record struct EndedRequest(long At, ulong SessionKey, int Number, int Model)
{
    public int User => (int)(uint)SessionKey;

    /// <summary>In order of time: the same whatever lanes they ended in.</summary>
    public static int InOrder(EndedRequest a, EndedRequest b) => (a.At, a.SessionKey, a.Number).CompareTo((b.At, b.SessionKey, b.Number));
}
