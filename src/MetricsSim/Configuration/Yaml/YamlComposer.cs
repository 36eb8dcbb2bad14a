using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MetricsSim.Configuration.Yaml;

/// <summary>
/// Reads one YAML document into <see cref="SourceNode"/>s. The only place that knows the YAML library. Anchors, aliases and merge keys
/// are written out; depth, size and number of nodes are bounded, so no input takes more than its share of stack, memory or time.
/// </summary>
internal sealed class YamlComposer
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most nodes once aliases are written out.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>Longest scalar in UTF-16 units.</summary>
    public const int MaxScalar = 65_536;

    /// <summary>Longest key in UTF-16 units.</summary>
    public const int MaxKey = 256;

    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly Dictionary<string, SourceNode> _anchors = new(StringComparer.Ordinal);
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly string _file;
    private readonly Report _report;
    private long _nodes;

    private YamlComposer(string text, string file, Report report)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
        _file = file;
        _report = report;
    }

    /// <summary>Reads a document; what is wrong with it goes to the report.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="report">Takes errors.</param>
    /// <returns>The root, or null for an empty document or one that can't be read.</returns>
    public static SourceNode? Compose(string text, string file, Report report)
    {
        if (!YamlText.Check(text, file, report)) return null;
        var composer = new YamlComposer(text, file, report);
        try
        {
            return composer.ReadStream();
        }
        catch (RefusedException refused)
        {
            report.Error(refused.Place, refused.Path, refused.Message);
        }
        catch (YamlException exception)
        {
            report.Error(PlaceOf(exception.Start, file), "", $"not YAML: {exception.Message.TrimEnd('.')}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The library's own slips on some malformed texts, found by fuzzing.
            report.Error(PlaceOf(composer._scanner.CurrentPosition, file), "", "not YAML here or just before");
        }

        return null;
    }

    private static Place PlaceOf(Mark mark, string file) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private SourceNode? ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _)) return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode("", 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _report.Error(PlaceOf(second.Start, _file), "", "a second document begins here; a file holds one");
        return root;
    }

    private SourceNode ReadNode(string path, int depth)
    {
        if (!_parser.MoveNextIsNode(out var current)) throw new RefusedException(PlaceOf(current.Start, _file), path, "expected a value");
        var place = PlaceOf(current.Start, _file);
        if (depth > MaxDepth) throw new RefusedException(place, "", $"nested deeper than {MaxDepth} levels");
        if (current is AnchorAlias alias) return Resolve(alias, place, path, depth);
        if (current is NodeEvent tagged) CheckTag(tagged, place, path);
        Count(1, place);
        SourceNode node = current switch
        {
            Scalar scalar => ReadScalar(scalar, place, path),
            SequenceStart => ReadList(place, path, depth),
            _ => ReadMap(place, path, depth),
        };
        // Registered once complete, so an alias within its own anchor is unknown rather than endless.
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    private SourceNode Resolve(AnchorAlias alias, Place place, string path, int depth)
    {
        _parser.MoveNext();
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
            throw new RefusedException(place, path, $"alias *{name} names no anchor that ends before it");
        if (depth + node.Height - 1 > MaxDepth)
            throw new RefusedException(place, "", $"nested deeper than {MaxDepth} levels by alias *{name}");
        Count(node.Weight, place);
        return node;
    }

    private void Count(long nodes, Place place)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes) throw new RefusedException(place, "", $"more than {MaxNodes} values, aliases written out");
    }

    private void CheckTag(NodeEvent node, Place place, string path)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific) return;
        if (node.Tag.Value.StartsWith(CoreTag, StringComparison.Ordinal)
            && node.Tag.Value[CoreTag.Length..] is "str" or "int" or "float" or "bool" or "null" or "map" or "seq") return;
        _report.Error(place, path, $"tag {Quoting.Quote(node.Tag.Value)} is not allowed; leave it out");
    }

    private SourceScalar ReadScalar(Scalar scalar, Place place, string path)
    {
        _parser.MoveNext();
        if (scalar.Value.Length > MaxScalar)
            throw new RefusedException(place, path, $"text of {scalar.Value.Length} characters; at most {MaxScalar} are allowed");
        var isText = !scalar.Tag.IsEmpty && (scalar.Tag.IsNonSpecific || scalar.Tag.Value == CoreTag + "str");
        return new SourceScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain && !isText);
    }

    private SourceList ReadList(Place place, string path, int depth)
    {
        _parser.MoveNext();
        var items = new List<SourceNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        return new SourceList(place, items) { Weight = 1 + items.Sum(item => item.Weight), Height = 1 + MaxHeight(items) };
    }

    private SourceMap ReadMap(Place place, string path, int depth)
    {
        _parser.MoveNext();
        var entries = new MapEntries(_report, path);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(path, depth + 1);
            if (key is not SourceScalar name) throw new RefusedException(key.Place, path, $"a key must be text, got {key.Describe()}");
            if (name.Text.Length > MaxKey)
                throw new RefusedException(key.Place, path, $"a key of {name.Text.Length} characters; at most {MaxKey} are allowed");
            var value = ReadNode(Report.Join(path, name.Text), depth + 1);
            entries.Add(name, value);
        }

        var all = entries.Merged();
        return new SourceMap(place, all)
        {
            Weight = 1 + all.Sum(entry => 1 + entry.Value.Weight),
            Height = 1 + MaxHeight(all.Select(entry => entry.Value)),
        };
    }

    private static int MaxHeight(IEnumerable<SourceNode> nodes) => nodes.Select(node => node.Height).DefaultIfEmpty(0).Max();

    /// <summary>Reading can't go on.</summary>
#pragma warning disable CA1032, CA1064, MA0056 // Thrown and caught in this file only.
    private sealed class RefusedException(Place place, string path, string message) : Exception(message)
    {
        public Place Place { get; } = place;

        public string Path { get; } = path;
    }
#pragma warning restore CA1032, CA1064, MA0056
}
