namespace MetricsSim.Wire.Reading;

/// <summary>A page can't be read; the message is one line for whoever gave it.</summary>
/// <param name="message">What is wrong, and where.</param>
public abstract class PageException(string message) : Exception(Printable(message))
{
    // Of what a page has, a terminal must not take anything for an order.
    private static string Printable(string message) => message.Any(char.IsControl)
        ? string.Concat(message.Select(c => char.IsControl(c) ? $"\\u{(int)c:X4}" : c.ToString()))
        : message;
}

/// <summary>A page breaks the rules of its format.</summary>
/// <param name="line">Line, from 1.</param>
/// <param name="column">Byte of the line, from 1.</param>
/// <param name="problem">What is wrong there.</param>
public sealed class PageSyntaxException(long line, int column, string problem) : PageException($"line {line}, column {column}: {problem}")
{
    /// <summary>Line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>Byte of the line, from 1.</summary>
    public int Column { get; } = column;
}

/// <summary>A page is larger than its reader was told to take.</summary>
/// <param name="limit">Which limit it passes.</param>
/// <param name="message">The limit in words.</param>
public sealed class PageLimitException(PageLimit limit, string message) : PageException(message)
{
    /// <summary>Which limit it passes.</summary>
    public PageLimit Limit { get; } = limit;
}

/// <summary>What a page may have too much of.</summary>
public enum PageLimit
{
    /// <summary>Bytes of the page.</summary>
    Bytes,

    /// <summary>Metric families.</summary>
    Families,

    /// <summary>Bytes of names, help and units of all families.</summary>
    MetadataBytes,

    /// <summary>Bytes of a line.</summary>
    LineBytes,
}
