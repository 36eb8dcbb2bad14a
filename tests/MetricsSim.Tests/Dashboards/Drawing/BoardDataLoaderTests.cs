using MetricsSim.Dashboards.Drawing;
using MetricsSim.Prometheus;
using MetricsSim.Tests.Prometheus;
using Xunit;
using static MetricsSim.Tests.Dashboards.Drawing.TestBoards;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>What a server answers without end is asked for, but drawn only so far.</summary>
public sealed class BoardDataLoaderTests
{
    private const string Board =
        """
        {"title": "t", "annotations": {"list": [{"name": "Events", "enable": true, "expr": "events > 0"}]},
         "panels": [{"type": "timeseries", "title": "a", "targets": [{"refId": "A", "expr": "a"}]}, {"type": "stat", "title": "b", "targets": [{"refId": "A", "expr": "b", "instant": false}]}]}
        """;

    [Fact]
    public async Task Series_and_marks_are_bounded()
    {
        const int Answered = 700;
        var series = string.Join(',', Enumerable.Range(0, Answered).Select(i => $$"""{"metric":{"name":"{{i}}"},"values":[[{{Start + i}},"1"]]}"""));
        await using var server = await StubServer.StartAsync(200, $$"""{"status":"success","data":{"resultType":"matrix","result":[{{series}}]} }""");
        using var client = new PrometheusClient(PrometheusAddress.Parse(server.Url.ToString())!);
        var board = await new BoardDataLoader(client, new BoardLoadOptions()).LoadAsync(Read(Board), Time, () => { }, TestContext.Current.CancellationToken);
        Assert.Equal([(BoardDataLoader.MostSeries, Answered - BoardDataLoader.MostSeries), (BoardDataLoader.MostValues, Answered - BoardDataLoader.MostValues)], board.Panels.Select(panel => (panel.Series.Count, panel.LeftOut)));
        Assert.All(board.Panels, panel => Assert.Equal(Enumerable.Range(0, BoardDataLoader.MostMarks).Select(i => Start + i), panel.Marks.Select(mark => mark.From)));
    }
}
