using System.Globalization;
using System.Text.Json;

namespace MetricsSim.Prometheus;

/// <summary>Limits of a <see cref="PrometheusClient"/>.</summary>
internal sealed record PrometheusClientOptions
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes an answer may have.</summary>
    public int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Connections at once; further requests wait for one.</summary>
    public int MostConnections { get; init; } = int.MaxValue;
}

/// <summary>
/// Asks a Prometheus, or whatever speaks its HTTP API. It never tries again by itself: <see cref="PrometheusException.IsTransient"/> says
/// whether that is worth it.
/// </summary>
internal sealed class PrometheusClient : IDisposable
{
    /// <summary>Points that Prometheus gives for a series at most.</summary>
    public const int MostPoints = 11_000;

    private static readonly KeyValuePair<string, string> WithStats = new("stats", "1");

    private readonly ServerHttp _http;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="address">Where the Prometheus is.</param>
    /// <param name="options">Limits; null for the usual ones.</param>
    public PrometheusClient(PrometheusAddress address, PrometheusClientOptions? options = null) => _http = new ServerHttp("Prometheus", address, options ?? new());

    /// <summary>Its address, to show.</summary>
    public string Address => _http.Address;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Asks whether it is ready to be queried.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>A task that ends if it is.</returns>
    /// <exception cref="PrometheusException">It is not.</exception>
    public async Task ReadyAsync(CancellationToken stop)
    {
        var (status, _) = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "-/ready"), stop);
        if (status != System.Net.HttpStatusCode.OK) throw _http.Status(status);
    }

    /// <summary>An instant query.</summary>
    /// <param name="expression">PromQL.</param>
    /// <param name="time">When, in seconds since the Unix epoch; null is its present.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What the expression comes to.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<PrometheusResult> QueryAsync(string expression, double? time, CancellationToken stop) =>
        (await AskAsync("api/v1/query", Instant(expression, time), stop)).Result;

    /// <summary>An instant query, and what it cost.</summary>
    /// <param name="expression">PromQL.</param>
    /// <param name="time">When, in seconds since the Unix epoch; null is its present.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public Task<PrometheusAnswer> MeasureAsync(string expression, double? time, CancellationToken stop) =>
        AskAsync("api/v1/query", [.. Instant(expression, time), WithStats], stop);

    /// <summary>A range query: the expression at from, from + step, … up to to.</summary>
    /// <param name="expression">PromQL.</param>
    /// <param name="from">First time, seconds since the Unix epoch.</param>
    /// <param name="to">Last time, not before the first.</param>
    /// <param name="step">Seconds between, &gt; 0; at most <see cref="MostPoints"/> steps.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The series, each with samples where it has a value.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<IReadOnlyList<PrometheusSeries>> QueryRangeAsync(string expression, double from, double to, double step, CancellationToken stop)
    {
        var answer = await AskAsync("api/v1/query_range", Range(expression, from, to, step), stop);
        return answer.Result is PrometheusMatrix matrix ? matrix.Series : throw _http.Malformed();
    }

    /// <summary>A range query, and what it cost.</summary>
    /// <param name="expression">PromQL.</param>
    /// <param name="from">First time, seconds since the Unix epoch.</param>
    /// <param name="to">Last time, not before the first.</param>
    /// <param name="step">Seconds between, &gt; 0; at most <see cref="MostPoints"/> steps.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer, whose result is a matrix.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<PrometheusAnswer> MeasureRangeAsync(string expression, double from, double to, double step, CancellationToken stop)
    {
        var answer = await AskAsync("api/v1/query_range", [.. Range(expression, from, to, step), WithStats], stop);
        return answer.Result is PrometheusMatrix ? answer : throw _http.Malformed();
    }

    /// <summary>Counts the series that any of some selectors finds in a span of time.</summary>
    /// <param name="selectors">At least one, such as <c>up{job="a"}</c>.</param>
    /// <param name="from">The span's start, seconds since the Unix epoch.</param>
    /// <param name="to">Its end.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Series, each once.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<long> CountSeriesAsync(IEnumerable<string> selectors, double from, double to, CancellationToken stop)
    {
        var fields = selectors.Select(selector => KeyValuePair.Create("match[]", selector)).Append(new("start", Seconds(from))).Append(new("end", Seconds(to)));
        var (status, body) = await _http.SendAsync(Post("api/v1/series", fields), stop);
        if (PrometheusJson.Count(body) is { } count) return count;
        var (_, error) = PrometheusJson.Data(body);
        if (error is not null) throw new PrometheusException(PrometheusFailure.Query, error, PrometheusStatus.IsTransient(status));
        throw status == System.Net.HttpStatusCode.OK ? _http.Malformed() : _http.Status(status);
    }

    /// <summary>Gets what is no query: its status, names, label values, metadata.</summary>
    /// <param name="path">Path of the API, without the slash in front.</param>
    /// <param name="fields">Parameters.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The data of the answer.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<JsonElement> GetAsync(string path, IReadOnlyCollection<KeyValuePair<string, string>> fields, CancellationToken stop)
    {
        using var query = new FormUrlEncodedContent(fields);
        var uri = fields.Count == 0 ? path : $"{path}?{await query.ReadAsStringAsync(stop)}";
        var (status, body) = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri), stop);
        var (data, error) = PrometheusJson.Data(body);
        if (data is { } found) return found;
        if (error is not null) throw new PrometheusException(PrometheusFailure.Query, error, PrometheusStatus.IsTransient(status));
        throw status == System.Net.HttpStatusCode.OK ? _http.Malformed() : _http.Status(status);
    }

    /// <summary>A time as the API takes it.</summary>
    /// <param name="seconds">Seconds since the Unix epoch.</param>
    public static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static List<KeyValuePair<string, string>> Instant(string expression, double? time)
    {
        var fields = new List<KeyValuePair<string, string>> { new("query", expression) };
        if (time is { } at) fields.Add(new("time", Seconds(at)));
        return fields;
    }

    private static KeyValuePair<string, string>[] Range(string expression, double from, double to, double step) =>
        [new("query", expression), new("start", Seconds(from)), new("end", Seconds(to)), new("step", Seconds(step))];

    // POST takes expressions of any length.
    private static HttpRequestMessage Post(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };

    private async Task<PrometheusAnswer> AskAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (status, body) = await _http.SendAsync(Post(path, fields), stop);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var (answer, error) = PrometheusJson.Read(body);
        if (answer is not null) return answer with { Elapsed = elapsed };
        if (error is not null) throw new PrometheusException(PrometheusFailure.Query, error, PrometheusStatus.IsTransient(status));
        throw status == System.Net.HttpStatusCode.OK ? _http.Malformed() : _http.Status(status);
    }
}
