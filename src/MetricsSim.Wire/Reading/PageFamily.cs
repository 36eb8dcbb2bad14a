namespace MetricsSim.Wire.Reading;

/// <summary>A metric family as a page declares it, or as its samples show it.</summary>
/// <param name="name">Its name in the metadata; of a counter with <c>_total</c> in text 0.0.4 and without in OpenMetrics.</param>
/// <param name="index">Its place among the page's families, from 0.</param>
public sealed class PageFamily(string name, int index)
{
    /// <summary>Its name in the metadata.</summary>
    public string Name { get; } = name;

    /// <summary>Its place among the page's families, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Its type.</summary>
    public PageType Type => DeclaredType ?? PageType.Unknown;

    /// <summary>What it is about; empty where the page doesn't say.</summary>
    public string Help => DeclaredHelp ?? "";

    /// <summary>Its unit; empty where the page doesn't say.</summary>
    public string Unit => DeclaredUnit ?? "";

    /// <summary>How many samples were read of it.</summary>
    public long Samples { get; internal set; }

    internal PageType? DeclaredType { get; set; }

    internal string? DeclaredHelp { get; set; }

    internal string? DeclaredUnit { get; set; }
}
