using MetricsSim.Logging;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Logging;

public sealed class RollingFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_roll_at_their_size_and_the_oldest_go()
    {
        using (RollingFile file = Open(maxBytes: 20, backups: 2))
            for (int i = 1; i <= 9; i++) file.Write($"line {i:000}");

        // Two lines of nine bytes fit into twenty.
        Assert.Equal("line 009\n", Text("app.log"));
        Assert.Equal("line 007\nline 008\n", Text("app.log.1"));
        Assert.Equal("line 005\nline 006\n", Text("app.log.2"));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public void Without_backups_the_file_begins_anew()
    {
        using (RollingFile file = Open(maxBytes: 10, backups: 0))
            for (int i = 1; i <= 3; i++) file.Write($"line {i:000}");

        Assert.Equal("line 003\n", Text("app.log"));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_is_continued_and_a_line_longer_than_the_size_has_one_of_its_own()
    {
        using (RollingFile file = Open(maxBytes: 20, backups: 3)) file.Write("before");
        using (RollingFile file = Open(maxBytes: 20, backups: 3))
        {
            file.Write("after");
            file.Write(new string('x', 50));
            file.Write("last");
        }

        Assert.Equal("last\n", Text("app.log"));
        Assert.Equal(new string('x', 50) + "\n", Text("app.log.1"));
        Assert.Equal("before\nafter\n", Text("app.log.2"));
    }

    [Fact]
    public void Every_line_is_in_the_file_when_the_call_returns()
    {
        using RollingFile file = Open(maxBytes: 1000, backups: 1);
        file.Write("now");
        Assert.Equal("now\n", Text("app.log"));
    }

    [Fact]
    public void Missing_folders_are_made()
    {
        using (var file = new RollingFile(_folder.File("a/b/app.log"), 100, 1, _error)) file.Write("x");
        Assert.Equal("x\n", Text("a/b/app.log"));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_said_at_once()
    {
        File.WriteAllText(_folder.File("file"), "");
        var thrown = Assert.Throws<LogFileException>(() => new RollingFile(_folder.File("file/app.log"), 100, 1, _error));
        Assert.StartsWith($"can't write the log file {_folder.File("file/app.log")}: ", thrown.Message);
    }

    [Fact]
    public void A_full_disk_is_told_once_and_the_program_goes_on()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        using var file = new RollingFile("/dev/full", 1_000_000, 0, _error);

        file.Write("one");
        file.Write("two");

        string told = Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("metricssim: can't write the log file /dev/full: ", told);
    }

    [Fact]
    public void Lines_of_many_threads_stay_whole()
    {
        using (RollingFile file = Open(maxBytes: 1_000_000, backups: 1))
            Parallel.For(0, 1000, i => file.Write($"line {i:000}"));

        string[] lines = Text("app.log").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"line {i:000}"), lines.Order(StringComparer.Ordinal));
    }

    private RollingFile Open(long maxBytes, int backups) => new(_folder.File("app.log"), maxBytes, backups, _error);

    private string Text(string name) => File.ReadAllText(_folder.File(name));
}
