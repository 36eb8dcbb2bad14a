using System.Text;

namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>Writes paths short: steps in tenths of a pixel from point to point, without points that don't show.</summary>
internal sealed class PathBuilder
{
    // A point this close to the line between its neighbours, in tenths of a pixel, is not seen.
    private const double Invisible = 2;

    private readonly StringBuilder _path = new();
    private readonly List<(long X, long Y)> _points = [];

    /// <summary>Adds a line through points.</summary>
    /// <param name="points">Points in px; a single one becomes a dot.</param>
    /// <param name="close">Whether to go back to the first.</param>
    public void Add(IEnumerable<(double X, double Y)> points, bool close = false)
    {
        _points.Clear();
        foreach (var (x, y) in points) _points.Add(((long)Math.Round(x * 10), (long)Math.Round(y * 10)));
        if (_points.Count == 0) return;
        var (fromX, fromY) = _points[0];
        _path.Append('M').Append(Tenths(fromX)).Append(' ').Append(Tenths(fromY));
        if (_points.Count == 1) _path.Append("h0");
        for (var i = 1; i < _points.Count; i++)
        {
            i = Farthest(i, (fromX, fromY));
            var (x, y) = _points[i];
            if (x == fromX && y == fromY && _points.Count > 2) continue;
            Step(x - fromX, y - fromY);
            (fromX, fromY) = (x, y);
        }

        if (close) _path.Append('z');
    }

    /// <summary>Adds a rectangle.</summary>
    public void Add(Box box) =>
        _path.Append($"M{SvgCanvas.Number(box.X)} {SvgCanvas.Number(box.Y)}h{SvgCanvas.Number(box.Width)}v{SvgCanvas.Number(box.Height)}h{SvgCanvas.Number(-box.Width)}z");

    /// <inheritdoc />
    public override string ToString() => _path.ToString();

    /// <summary>The last point to which one may go straight.</summary>
    private int Farthest(int first, (long X, long Y) from)
    {
        const int MostSkipped = 40;
        var last = first;
        while (last + 1 < _points.Count && last - first < MostSkipped && Straight(from, first, last + 1)) last++;
        return last;
    }

    private bool Straight((long X, long Y) from, int first, int last)
    {
        var (dx, dy) = ((double)(_points[last].X - from.X), (double)(_points[last].Y - from.Y));
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        for (var i = first; i < last; i++)
        {
            var (px, py) = ((double)(_points[i].X - from.X), (double)(_points[i].Y - from.Y));
            // Going back and forth on the line is no straight way.
            if (length == 0 || ((px * dx) + (py * dy)) / length > length || (px * dx) + (py * dy) < 0) return false;
            if (Math.Abs((px * dy) - (py * dx)) / length > Invisible) return false;
        }

        return true;
    }

    private void Step(long x, long y)
    {
        if (y == 0) _path.Append('h').Append(Tenths(x));
        else if (x == 0) _path.Append('v').Append(Tenths(y));
        else _path.Append('l').Append(Tenths(x)).Append(y < 0 ? "" : " ").Append(Tenths(y));
    }

    private static string Tenths(long value)
    {
        var sign = value < 0 ? "-" : "";
        value = Math.Abs(value);
        var (whole, tenth) = (value / 10, value % 10);
        return tenth == 0 ? $"{sign}{whole}" : whole == 0 ? $"{sign}.{tenth}" : $"{sign}{whole}.{tenth}";
    }
}
