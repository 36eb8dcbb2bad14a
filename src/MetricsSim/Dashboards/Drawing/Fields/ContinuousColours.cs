using System.Globalization;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>Colours that go over into each other, legible in both schemes.</summary>
internal static class ContinuousColours
{
    // So many colours at most, since each has its own class in the style.
    private const int Steps = 16;

    private static readonly (int R, int G, int B) Green = (62, 160, 85);
    private static readonly (int R, int G, int B) Yellow = (214, 168, 30);
    private static readonly (int R, int G, int B) Red = (222, 70, 75);
    private static readonly (int R, int G, int B) Blue = (66, 130, 224);
    private static readonly (int R, int G, int B) Purple = (150, 90, 220);
    private static readonly (int R, int G, int B) Pale = (150, 175, 205);

    /// <summary>The colour of a share.</summary>
    /// <param name="mode">As dashboards name it: <c>continuous-GrYlRd</c>.</param>
    /// <param name="share">0–1; NaN is 0.</param>
    public static Paint At(string mode, double share)
    {
        share = double.IsNaN(share) ? 0 : Math.Clamp(Math.Round(share * Steps) / Steps, 0, 1);
        var stops = Stops(mode);
        var place = share * (stops.Length - 1);
        var i = Math.Min((int)place, stops.Length - 2);
        var (a, b, t) = (stops[i], stops[i + 1], place - i);
        return new Paint($"x{Mix(a.R, b.R, t)}{Mix(a.G, b.G, t)}{Mix(a.B, b.B, t)}");
    }

    private static (int R, int G, int B)[] Stops(string mode) => mode switch
    {
        "continuous-RdYlGr" => [Red, Yellow, Green],
        "continuous-BlYlRd" => [Blue, Yellow, Red],
        "continuous-YlRd" => [Yellow, Red],
        "continuous-BlPu" => [Blue, Purple],
        "continuous-YlBl" => [Yellow, Blue],
        "continuous-blues" => [Pale, Blue],
        "continuous-reds" => [Pale, Red],
        "continuous-greens" => [Pale, Green],
        "continuous-purples" => [Pale, Purple],
        _ => [Green, Yellow, Red],
    };

    private static string Mix(int a, int b, double t) => ((int)Math.Round(a + ((b - a) * t))).ToString("x2", CultureInfo.InvariantCulture);
}
