using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary>The domain's own defaults, so that a section's are never written twice.</summary>
internal static class Defaults
{
    /// <summary>The world's.</summary>
    public static readonly WorldOptions World = new();

    /// <summary>The server's.</summary>
    public static readonly ServerOptions Server = new();

    /// <summary>A map in the order given.</summary>
    public static OrderedDictionary<string, T> Map<TItem, T>(IEnumerable<TItem> items, Func<TItem, string> name, Func<TItem, T> value) =>
        new(items.Select(item => KeyValuePair.Create(name(item), value(item))));
}
