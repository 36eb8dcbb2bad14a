namespace MetricsSim.Configuration;

/// <summary>Finds what a user may have meant.</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary>The name nearest to what was written, if it is near enough to be a slip of the pen.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">What is known.</param>
    /// <returns>The nearest, or null.</returns>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        if (written.Length is 0 or > LongestName) return null;
        var limit = Math.Max(1, written.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - written.Length) > limit) continue;
            var distance = Distance(written.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance >= bestDistance) continue;
            (best, bestDistance) = (name, distance);
        }

        return best;
    }

    /// <summary>"unknown X; did you mean Y? allowed: …".</summary>
    /// <param name="what">What kind of name it is, e.g. <c>key</c>.</param>
    /// <param name="written">What was written.</param>
    /// <param name="names">What is known.</param>
    /// <returns>A message.</returns>
    public static string Unknown(string what, string written, IReadOnlyCollection<string> names) =>
        $"unknown {what} {Quoting.Quote(written)}; "
        + (Nearest(written, names) is { } nearest ? $"did you mean {nearest}? " : "")
        + $"allowed: {string.Join(", ", names)}";

    // Levenshtein's distance with swaps of neighbours counted once (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
