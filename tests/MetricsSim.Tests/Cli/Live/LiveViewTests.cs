using MetricsSim.Cli;
using MetricsSim.Cli.Live;
using Xunit;

namespace MetricsSim.Tests.Cli.Live;

public sealed class LiveViewTests
{
    [Fact]
    public async Task Ends_with_the_cursor_shown_and_lines_restored()
    {
        using var stop = new CancellationTokenSource();
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = Stream.Null, Error = error, Variable = _ => null };
        await using var lines = new LinesAbove(error) { NewLine = "\n" };
        var console = LiveView.ConsoleOn(terminal, noColor: true);
        console.Profile.Width = 80;
        var reads = 0;
        var subject = new LiveSubject(
            () =>
            {
                if (++reads == 2) lines.WriteLine("a log line while it draws");
                if (reads == 3) stop.Cancel();
                return Statuses.At(reads);
            },
            () => null,
            1,
            "http://localhost:1");
        await new LiveView(console, subject).RunAsync(lines, stop.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        lines.WriteLine("a log line after it");

        var written = error.ToString();
        Assert.Contains("\e[Ja log line while it draws\n", written, StringComparison.Ordinal);
        Assert.True(written.LastIndexOf("\e[?25h", StringComparison.Ordinal) > written.LastIndexOf("\e[?25l", StringComparison.Ordinal));
        Assert.EndsWith("\na log line after it\n", written.Replace("\e[?25h", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_written_whole()
    {
        var plain = new StringWriter { NewLine = "\n" };
        await using (var lines = new LinesAbove(plain))
        {
            lines.Write("one, ");
            Assert.Equal("", plain.ToString());
            lines.Write("two\r\nthree");
            Assert.Equal("one, two\n", plain.ToString());
        }

        Assert.Equal("one, two\nthree\n", plain.ToString());
    }
}
