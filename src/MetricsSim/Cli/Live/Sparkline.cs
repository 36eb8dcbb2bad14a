namespace MetricsSim.Cli.Live;

/// <summary>The latest values of a quantity as a row of bars, from zero to the largest of them.</summary>
/// <param name="capacity">Values kept.</param>
internal sealed class Sparkline(int capacity)
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = "_.-=+*#@";
    private readonly Queue<long> _values = new();

    /// <summary>Takes a value; the oldest goes when there are too many.</summary>
    /// <param name="value">Zero or more.</param>
    public void Add(long value)
    {
        _values.Enqueue(value);
        if (_values.Count > capacity) _values.Dequeue();
    }

    /// <summary>Draws the latest values.</summary>
    /// <param name="width">Columns there are.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    /// <returns>At most that many characters.</returns>
    public string Draw(int width, bool unicode)
    {
        var bars = unicode ? Blocks : Ascii;
        var shown = _values.Skip(Math.Max(0, _values.Count - width)).ToList();
        var most = shown.Count == 0 ? 0 : shown.Max();
        return string.Concat(shown.Select(value => bars[most == 0 ? 0 : (int)(value * (bars.Length - 1) / most)]));
    }
}
