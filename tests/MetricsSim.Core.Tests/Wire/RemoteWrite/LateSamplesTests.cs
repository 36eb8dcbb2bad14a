using MetricsSim.Core.Series;
using MetricsSim.Wire.RemoteWrite;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

public sealed class LateSamplesTests
{
    private const int Rows = 400;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 4)]
    [InlineData(1, 1)]
    public void The_share_that_is_asked_for_comes_late_and_nothing_is_lost(double fraction, int shards)
    {
        const int Ticks = 50;
        var encoder = new RemoteWriteEncoder(Layout(), [], shards, late: new LateSamples(42, fraction));
        var requests = Enumerable.Range(0, Ticks).SelectMany(tick => Push(encoder, tick)).ToList();
        var late = Count(requests, isLate: true);
        const int All = Ticks * Rows;
        Assert.Equal(All, late + Count(requests, isLate: false));
        var deviation = Math.Sqrt(All * fraction * (1 - fraction));
        Assert.InRange(late - (All * fraction), -4 * deviation, 4 * deviation);
    }

    [Fact]
    public void Seed_tick_and_series_alone_decide()
    {
        var all = Late(42, 1, 7);
        Assert.NotEmpty(all);
        Assert.Equal(all, Late(42, 3, 7));
        Assert.Equal(all.Where(row => row < 100), Late(42, 1, 7, rows: 100));
        Assert.NotEqual(all, Late(42, 1, 8));
        Assert.NotEqual(all, Late(43, 1, 7));
    }

    [Fact]
    public void A_marker_of_the_end_is_never_late()
    {
        var encoder = new RemoteWriteEncoder(Layout(), [], late: new LateSamples(42, 1));
        Assert.All(Push(encoder, 1), request => Assert.True(request.IsLate));
        var end = new List<WriteRequest>();
        encoder.WriteEnd(2, end.Add);
        Assert.Equal(Rows, end.Sum(request => request.Samples));
        Assert.All(end, request => Assert.False(request.IsLate));
    }

    [Fact]
    public void A_native_histogram_is_never_late()
    {
        var snapshot = SamplePages.Traced();
        var requests = new List<WriteRequest>();
        new RemoteWriteEncoder(snapshot.Layout, [], late: new LateSamples(42, 1)).Write(snapshot, 1, requests.Add);
        Assert.Equal([(0, 2, false), (7, 0, true)], requests.Select(request => (request.Samples, request.Histograms, request.IsLate)));
        Assert.Equal([4, 0], requests.Select(request => request.Exemplars));
    }

    [Fact]
    public void An_exemplar_waits_for_a_sample_that_is_in_time()
    {
        var family = new MetricFamily { Name = "a", Help = "", Type = MetricType.Counter, HasExemplars = true };
        var encoder = new RemoteWriteEncoder(new SeriesLayout([family]), [], late: new LateSamples(42, 0.5));
        var pushes = Enumerable.Range(1, 40).Select(tick => Push(encoder, tick, snapshot => snapshot.Exemplars[0][0] = new Exemplar(1, 1, 1 + ((ulong)tick / 10), 1))[0]).ToList();
        Assert.All(pushes.Where(push => push.IsLate), push => Assert.Equal(0, push.Exemplars));
        Assert.Equal(5, pushes.Sum(push => push.Exemplars));
        Assert.Contains(pushes, push => push.IsLate);
    }

    private static List<int> Late(ulong seed, int shards, long tick, int rows = Rows) =>
    [
        .. Push(new RemoteWriteEncoder(Layout(rows), [], shards, late: new LateSamples(seed, 0.1)), tick)
            .Where(request => request.IsLate)
            .SelectMany(request => WriteRequestReader.Read(request.Body).Samples)
            .Select(sample => int.Parse(sample.Labels[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Order(),
    ];

    private static int Count(IEnumerable<WriteRequest> requests, bool isLate) => requests.Where(request => request.IsLate == isLate).Sum(request => request.Samples);

    private static List<WriteRequest> Push(RemoteWriteEncoder encoder, long tick, Action<Snapshot>? change = null)
    {
        var requests = new List<WriteRequest>();
        var snapshot = new Snapshot(encoder.Layout) { Tick = tick };
        change?.Invoke(snapshot);
        encoder.Write(snapshot, tick, requests.Add);
        return requests;
    }

    private static SeriesLayout Layout(int rows = Rows) =>
        new([new() { Name = "a", Help = "", Type = MetricType.Gauge, Rows = new FixedLabelRows([.. Enumerable.Range(0, rows).Select(row => (Label[])[new("n", $"{row}")])]) }]);
}
