using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MetricsSim.Cli.Live;

/// <summary>
/// Standard error, shared by log lines and the live view: while the view is on, whole lines go above it, through the console that draws
/// it, so that neither tears the other.
/// </summary>
/// <param name="plain">Where lines go while there is no view.</param>
internal sealed class LinesAbove(TextWriter plain) : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly Lock _lock = new();
    private IAnsiConsole? _console;

    /// <inheritdoc />
    public override Encoding Encoding => plain.Encoding;

    /// <summary>Sends lines above a view, or back to where they came from.</summary>
    /// <param name="console">The console that draws the view; null when it is off.</param>
    public void Attach(IAnsiConsole? console)
    {
        lock (_lock) _console = console;
    }

    /// <inheritdoc />
    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value == '\n') Emit();
            else if (value != '\r') _line.Append(value);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (_line.Length > 0) Emit();
        }

        base.Dispose(disposing);
    }

    private void Emit()
    {
        if (_console is null) plain.WriteLine(_line.ToString());
        else _console.Write(new ErasingLine($"{_line}\n"));
        _line.Clear();
    }

    /// <summary>A line that first wipes the old view, where it is about to be written, off the screen.</summary>
    private sealed class ErasingLine(string text) : Renderable
    {
        private const string EraseToEndOfScreen = "\e[J";

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [Segment.Control(EraseToEndOfScreen), .. ((IRenderable)new Text(text)).Render(options, maxWidth)];
    }
}
