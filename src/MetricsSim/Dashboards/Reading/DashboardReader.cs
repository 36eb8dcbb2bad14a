using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Reading;

/// <summary>
/// Reads the classic JSON of Grafana's dashboards, up to schema version 41 of Grafana 11 and 12, alone or in <c>{"dashboard": …}</c> as the
/// API wraps it. Keys that it does not know are let through, as Grafana does; wrong types of keys it knows are errors, all at once.
/// </summary>
internal sealed class DashboardReader
{
    /// <summary>Bytes that a dashboard may have.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const string PrometheusType = "prometheus";

    // What dashboards have is far below; what is above would take forever to resolve and ask.
    private const int MostVariables = 1000;
    private const int MostQueries = 1000;

    private readonly string _source;
    private readonly List<DashboardFinding> _errors = [];
    private readonly List<DashboardFinding> _warnings = [];

    private DashboardReader(string source) => _source = source;

    /// <summary>Reads a dashboard.</summary>
    /// <param name="source">The file, or the server and uid, for messages.</param>
    /// <param name="json">Its bytes.</param>
    /// <returns>The dashboard, or all that is wrong.</returns>
    public static DashboardReading Read(string source, ReadOnlyMemory<byte> json)
    {
        var reader = new DashboardReader(source);
        var dashboard = reader.Read(json);
        return new(reader._errors.Count == 0 ? dashboard : null, reader._errors, reader._warnings);
    }

    private Dashboard? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostBytes)
        {
            Error("", $"is larger than {MostBytes >> 20} MiB, which no dashboard is");
            return null;
        }

        try
        {
            // A byte order mark is no JSON, but editors write it.
            if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
            using var document = JsonDocument.Parse(json);
            JsonTexts.Check(document.RootElement, "$", Error);
            return _errors.Count > 0 ? null : Root(new JsonCursor(document.RootElement.Clone(), "$", Error));
        }
        catch (JsonException e)
        {
            Error("", $"is not JSON: line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}: {JsonTexts.Reason(e)}");
            return null;
        }
    }

    private Dashboard? Root(JsonCursor root)
    {
        if (!root.IsObject)
        {
            root.Refuse("a dashboard, which is an object");
            return null;
        }

        if (root.Find("dashboard") is { IsObject: true } wrapped) root = wrapped;
        if (root.Find("elements") is not null || root.Find("spec") is { IsObject: true })
        {
            root.Wrong("is a dashboard of Grafana's new schema (v1 or v2 resource): export it as classic JSON");
            return null;
        }

        if (root.Find("panels") is null && root.Find("rows") is not null)
        {
            root.Wrong("is a dashboard from before Grafana 5, whose panels are in rows: let a newer Grafana save it");
            return null;
        }

        if (root.Find("panels") is null && root.Find("title") is null)
        {
            root.Wrong("is no dashboard: it has neither title nor panels");
            return null;
        }

        var time = root.Object("time");
        return new Dashboard
        {
            Source = _source,
            Uid = root.Line("uid"),
            Title = root.Line("title"),
            Description = root.Text("description"),
            Tags = root.Texts("tags"),
            From = Or(time?.Line("from"), "now-6h"),
            To = Or(time?.Line("to"), "now"),
            // Old dashboards have false for never.
            Refresh = root.Find("refresh") is { IsText: true } ? root.Line("refresh") : "",
            Links = [.. root.Objects("links").Select(link => new DashboardLink(link.Line("title"), link.Line("type"), link.Line("url"), link.Texts("tags")))],
            Variables = Variables(root),
            Annotations = [.. Annotations(root)],
            Panels = Panels(root),
        };
    }

    private List<DashboardVariable> Variables(JsonCursor root)
    {
        var variables = new List<DashboardVariable>();
        foreach (var variable in root.Object("templating")?.Objects("list") ?? [])
        {
            if (variables.Count == MostVariables)
            {
                variable.Wrong($"there are more than {MostVariables} variables");
                break;
            }

            if (VariableReader.Read(variable) is not { } read) continue;
            if (variables.Exists(other => other.Name == read.Name)) variable.Wrong($"there are two variables {Quoting.Quote(read.Name)}");
            else variables.Add(read);
            if (read.Kind == VariableKind.Adhoc) Warn(variable.Path, "filters that people add by hand have no effect here");
        }

        return variables;
    }

    private IEnumerable<DashboardAnnotation> Annotations(JsonCursor root)
    {
        foreach (var annotation in root.Object("annotations")?.Objects("list") ?? [])
        {
            // What people and alerts noted in Grafana itself is no query.
            if (annotation.Find("builtIn") is not null || DatasourceType(annotation) is "grafana" or "datasource") continue;
            if (Skips(annotation, annotation, "an annotation")) continue;
            var target = annotation.Object("target");
            var expression = Or(annotation.Text("expr"), target?.Text("expr") ?? "");
            if (expression.Length == 0)
            {
                Warn(annotation.Path, "has no expression, so it is left out");
                continue;
            }

            yield return new DashboardAnnotation(
                annotation.Line("name"), expression, annotation.Find("enable") is null || annotation.Flag("enable"), Or(annotation.Line("step"), Or(target?.Line("step"), "60s")),
                annotation.Text("titleFormat"), annotation.Text("textFormat"), annotation.Line("iconColor"));
        }
    }

    private List<Panel> Panels(JsonCursor root)
    {
        var panels = new List<Panel>();
        string? row = null;
        foreach (var panel in root.Objects("panels"))
        {
            if (panel.Line("type") != "row")
            {
                Add(panel, row, folded: false);
                continue;
            }

            row = panel.Line("title");
            foreach (var inner in panel.Objects("panels")) Add(inner, row, panel.Flag("collapsed"));
        }

        foreach (var twice in panels.Where(panel => panel.Id != 0).GroupBy(panel => panel.Id).Where(group => group.Count() > 1))
            Warn("$.panels", $"{twice.Count()} panels have the id {twice.Key}");
        return panels;

        void Add(JsonCursor place, string? inRow, bool folded)
        {
            if (place.Line("type").Length == 0)
            {
                if (place.Find("libraryPanel") is null) place.Wrong("has no type");
                else Warn(place.Path, "is a library panel, whose content is not in the dashboard, so it is left out");
                return;
            }

            if (!PanelTypes.IsKnown(place.Line("type"))) Warn(place.Path, $"type {Quoting.Quote(place.Line("type"))} is not known here: its queries are asked, it can't be drawn");
            panels.Add(PanelReader.Read(place, Targets(place)) with { Row = inRow, Folded = folded });
            if (place.Line("repeat").Length > 0) Warn(place.Path, $"is repeated by {Quoting.Quote(place.Line("repeat"))} in Grafana; here it is one panel of all values");
        }
    }

    private List<PanelTarget> Targets(JsonCursor panel)
    {
        var targets = new List<PanelTarget>();
        foreach (var (i, target) in panel.Objects("targets").Index())
        {
            if (targets.Count == MostQueries)
            {
                target.Wrong($"there are more than {MostQueries} queries in the panel");
                break;
            }

            if (Skips(target, panel, "a query")) continue;
            var read = PanelReader.Target(target, i);
            // Grafana leaves out queries that somebody began and never wrote.
            if (read.Expression.Trim().Length == 0) Warn(target.Path, "has no expression, so it is left out");
            else if (targets.Exists(other => other.RefId == read.RefId)) target.Wrong($"there are two queries {Quoting.Quote(read.RefId)} in the panel");
            else targets.Add(read with { Datasource = Or(PanelReader.DatasourceUid(target), PanelReader.DatasourceUid(panel)) });
        }

        return targets;
    }

    /// <summary>Whether it asks something other than a Prometheus, which is a warning.</summary>
    private bool Skips(JsonCursor asks, JsonCursor panel, string what)
    {
        var type = DatasourceType(asks) ?? DatasourceType(panel);
        if (type is null or PrometheusType) return false;
        Warn(asks.Path, $"is {what} of {Quoting.Quote(type)}, not of a Prometheus, so it is left out");
        return true;
    }

    /// <summary>The type of a data source where it is said: not for the default one, nor by a name or a variable.</summary>
    private static string? DatasourceType(JsonCursor place) => place.Find("datasource") switch
    {
        { IsObject: true } reference => reference.Line("uid") is "-- Mixed --" ? null : reference.Line("uid") is "-- Dashboard --" or "-- Grafana --" ? "datasource" : Or(reference.Line("type"), null),
        { IsText: true } name when name.Value() is "-- Dashboard --" or "-- Grafana --" => "datasource",
        _ => null,
    };

    private static string Or(string? text, string? otherwise) => text is { Length: > 0 } ? text : otherwise!;

    private void Error(string path, string message) => _errors.Add(new(_source, path, message));

    private void Warn(string path, string message) => _warnings.Add(new(_source, path, message));
}
