namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>A request with its times, load by load.</summary>
/// <param name="request">The request.</param>
internal sealed class MeasuredRequest(BoardRequest request)
{
    private readonly List<IReadOnlyList<QueryAnswer>> _answers = [];
    private readonly List<(long Began, long Ended)> _spans = [];

    /// <summary>The request.</summary>
    public BoardRequest Request => request;

    /// <summary>The latest answers, one for each query.</summary>
    public IReadOnlyList<QueryAnswer> Latest => _answers[^1];

    /// <summary>Whether it has failed.</summary>
    public bool Failed => _answers.Count > 0 && Latest.Any(answer => answer.Error is not null);

    /// <summary>Why a query that has a result has no time: a request with a query that fails is not sent again.</summary>
    /// <param name="index">Which query.</param>
    /// <returns>Null where no other query of the request failed.</returns>
    public string? FailureBeside(int index) =>
        Latest.Index().Where(one => one.Index != index && one.Item.Error is not null).Select(one => $"not measured, as query {request.Queries[one.Index].Target.RefId} of its request failed").FirstOrDefault();

    /// <summary>Times of a query, in ms.</summary>
    /// <param name="index">Which query.</param>
    public IReadOnlyList<double> Times(int index) => [.. _answers.Select(answers => answers[index].Milliseconds)];

    /// <summary>Times of a panel, load by load, in ms: from the start of its first request to the end of its last.</summary>
    /// <param name="requests">Its requests.</param>
    /// <returns>None where one failed.</returns>
    public static IReadOnlyList<double> Spans(IReadOnlyList<MeasuredRequest> requests) => requests.Any(one => one.Failed)
        ? []
        : [.. Enumerable.Range(0, requests[0]._spans.Count).Select(load =>
            TimeProvider.System.GetElapsedTime(requests.Min(one => one._spans[load].Began), requests.Max(one => one._spans[load].Ended)).TotalMilliseconds)];

    /// <summary>Sends it once more.</summary>
    /// <param name="stop">Gives up.</param>
    public async Task SendAsync(CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        _answers.Add(await request.Send(stop));
        _spans.Add((began, TimeProvider.System.GetTimestamp()));
    }
}
