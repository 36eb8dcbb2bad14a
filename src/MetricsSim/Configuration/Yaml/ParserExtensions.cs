using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MetricsSim.Configuration.Yaml;

/// <summary>What the library's own extensions leave out.</summary>
internal static class ParserExtensions
{
    /// <summary>Looks at the next event without consuming it.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="current">The event.</param>
    /// <returns>Whether a node begins there.</returns>
    public static bool MoveNextIsNode(this IParser parser, out ParsingEvent current)
    {
        if (!parser.Accept<ParsingEvent>(out var next)) throw new YamlException("the text ends too early");
        current = next;
        return next is NodeEvent or AnchorAlias;
    }
}
