namespace MetricsSim.Benchmarks.Peers;

/// <summary>What a page holds.</summary>
/// <param name="Samples">Lines with a value.</param>
/// <param name="Labels">Labels of all of them together.</param>
internal sealed record PageShape(long Samples, long Labels)
{
    /// <summary>Reads a page line by line.</summary>
    public static async Task<PageShape> ReadAsync(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        using var lines = new StreamReader(await http.GetStreamAsync(url));
        var (samples, labels) = (0L, 0L);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            samples++;
            labels += LabelsOf(line);
        }

        return new PageShape(samples, labels);
    }

    /// <summary>Counts values in quotes; inside of one, a backslash takes the next character along.</summary>
    private static int LabelsOf(string line)
    {
        var (count, quoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '\\') i++;
            else if (line[i] == '"' && (quoted = !quoted)) count++;
        }

        return count;
    }
}
