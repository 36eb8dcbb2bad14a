using System.Text;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>Dashboards, good, odd and hostile, each with all that is said of it.</summary>
public sealed class DashboardReaderTests
{
    private const string Good =
        """
        {"uid": "u", "title": "A\u001b[31m board", "tags": ["a"], "time": {"from": "now-24h", "to": "now"}, "refresh": "30s", "unknown": {"x": 1},
         "templating": {"list": [
           {"name": "datasource", "type": "datasource", "query": "prometheus", "current": {"value": "prometheus"}},
           {"name": "model", "type": "query", "query": {"query": "label_values(up, model)", "refId": "x"}, "multi": true, "includeAll": true, "allValue": ".*", "sort": 1, "current": {"value": ["$__all"], "text": ["All"]}},
           {"name": "old", "type": "query", "query": "label_values(job)", "options": [{"value": "$__all"}, {"value": "a"}], "current": {"value": "a"}}]},
         "annotations": {"list": [
           {"builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}, "enable": true, "name": "Annotations & Alerts"},
           {"name": "Events", "datasource": {"type": "prometheus", "uid": "${datasource}"}, "enable": true, "expr": "x > 0", "iconColor": "red", "titleFormat": "{{event}}"}]},
         "panels": [
           {"id": 1, "type": "row", "title": "Open", "collapsed": false, "panels": []},
           {"id": 2, "type": "timeseries", "title": "T $model", "gridPos": {"x": 0, "y": 1, "w": 12, "h": 8}, "interval": "1m", "maxDataPoints": 500,
            "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "fieldConfig": {"defaults": {"unit": "s", "decimals": 2, "min": 0, "color": {"mode": "palette-classic"},
               "thresholds": {"mode": "absolute", "steps": [{"color": "red", "value": 5}, {"color": "green", "value": null}]},
               "mappings": [{"type": "value", "options": {"1": {"text": "up", "color": "green", "index": 0}}}, {"type": "range", "options": {"from": 2, "to": null, "result": {"text": "many"}}}],
               "custom": {"fillOpacity": 10, "stacking": {"mode": "normal", "group": "A"}, "drawStyle": "bars"}},
               "overrides": [{"matcher": {"id": "byName", "options": "x"}, "properties": [{"id": "unit", "value": "ms"}]}]},
            "options": {"legend": {"showLegend": true}}, "transformations": [{"id": "organize", "options": {}}],
            "targets": [{"refId": "A", "expr": "rate(x[$__rate_interval])", "legendFormat": "{{model}}", "range": true}, {"refId": "B", "expr": "y", "instant": true, "format": "table", "hide": true},
                        {"expr": "z", "datasource": {"uid": "other", "type": "prometheus"}}]},
           {"id": 3, "type": "row", "title": "Folded", "collapsed": true, "panels": [{"id": 4, "type": "text", "options": {"content": "hello"}}]}]}
        """;

    [Fact]
    public void A_dashboard_is_read_as_it_is()
    {
        var reading = Read(Good);
        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        var board = reading.Dashboard!;
        Assert.Equal(("u", "A [31m board", "now-24h", "30s"), (board.Uid, board.Title, board.From, board.Refresh));
        Assert.Equal([VariableKind.Datasource, VariableKind.Query, VariableKind.Query], board.Variables.Select(variable => variable.Kind));
        Assert.Equal(("label_values(up, model)", ".*", true, true, 1), (board.Variables[1].Query, board.Variables[1].AllValue, board.Variables[1].Multi, board.Variables[1].IncludeAll, board.Variables[1].Sort));
        Assert.Equal([DashboardVariable.All], board.Variables[1].Current);
        Assert.Equal(["a"], board.Variables[2].Options);
        Assert.Equal(new DashboardAnnotation("Events", "x > 0", true, "60s", "{{event}}", "", "red"), Assert.Single(board.Annotations));

        Assert.Equal([(2, "Open", false), (4, "Folded", true)], board.Panels.Select(panel => (panel.Id, panel.Row!, panel.Folded)));
        var panel = board.Panels[0];
        Assert.Equal((new GridPlace(0, 1, 12, 8), "1m", 500), (panel.Grid, panel.IntervalMin, panel.MaxDataPoints));
        Assert.Equal(["A", "B", "C"], panel.Targets.Select(target => target.RefId));
        Assert.Equal([(true, false), (false, true), (true, false)], panel.Targets.Select(target => (target.Range, target.Instant)));
        Assert.Equal(["${datasource}", "${datasource}", "other"], panel.Targets.Select(target => target.Datasource));
        Assert.Equal((TargetFormat.Table, true), (panel.Targets[1].Format, panel.Targets[1].Hidden));
        Assert.Equal([new(null, "green"), new(5, "red")], panel.Field.Thresholds);
        Assert.Equal([new(MappingMatch.Value, "1", null, null, "up", "green"), new(MappingMatch.Range, "", 2, null, "many", "")], panel.Field.Mappings);
        Assert.Equal(("s", 2, "normal", "bars", 10.0), (panel.Field.Unit, panel.Field.Decimals, panel.Field.Stacking, panel.Field.DrawStyle, panel.Field.FillOpacity));
        Assert.Equal("unit", Assert.Single(Assert.Single(panel.Overrides).Properties).Id);
        Assert.True(panel.Options.GetProperty("legend").GetProperty("showLegend").GetBoolean());
        Assert.Single(panel.Transformations);
    }

    [Fact]
    public void What_the_API_wraps_is_the_same()
    {
        var wrapped = Read($$"""{"meta": {"slug": "x"}, "dashboard": {{Good}}}""").Dashboard!;
        Assert.Equal(("u", 2), (wrapped.Uid, wrapped.Panels.Count));
    }

    [Theory]
    [InlineData("", "b.json: is not JSON: line 1, byte 1: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true")]
    [InlineData("{\"title\": \"x\",\n}", "b.json: is not JSON: line 2, byte 1: The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options")]
    [InlineData("[]", "b.json: $: expected a dashboard, which is an object, got an array")]
    [InlineData("{}", "b.json: $: is no dashboard: it has neither title nor panels")]
    [InlineData("""{"title": "x", "rows": []}""", "b.json: $: is a dashboard from before Grafana 5, whose panels are in rows: let a newer Grafana save it")]
    [InlineData("""{"apiVersion": "dashboard.grafana.app/v2beta1", "spec": {"elements": {}}}""", "b.json: $: is a dashboard of Grafana's new schema (v1 or v2 resource): export it as classic JSON")]
    [InlineData("""{"title": 5, "panels": {}}""", "b.json: $.title: expected a text, got 5", "b.json: $.panels: expected an array, got an object")]
    [InlineData("""{"title": "\ud800"}""", "b.json: $.title: is a text that is not Unicode")]
    [InlineData("""{"panels": [1, {"id": "x"}, {"type": "text", "id": 1e99}]}""", "b.json: $.panels[0]: expected an object, got 1", "b.json: $.panels[1]: has no type", "b.json: $.panels[2].id: expected a whole number from 0 to 2147483647, got 1e99")]
    [InlineData("""{"panels": [{"type": "stat", "gridPos": {"w": 25, "h": 0, "x": -1}}]}""", "b.json: $.panels[0].gridPos.x: expected a whole number from 0 to 23, got -1", "b.json: $.panels[0].gridPos.w: expected a whole number from 1 to 24, got 25", "b.json: $.panels[0].gridPos.h: expected a whole number from 1 to 100000, got 0")]
    [InlineData("""{"panels": [{"type": "stat", "interval": "often", "targets": [{"expr": ["up"]}, {"expr": "up", "format": "logs", "hide": "no"}]}]}""", "b.json: $.panels[0].targets[0].expr: expected a text, got an array", "b.json: $.panels[0].targets[1].format: expected time_series, table or heatmap, got \"logs\"", "b.json: $.panels[0].targets[1].hide: expected true or false, got \"no\"", "b.json: $.panels[0].interval: expected a length of time such as 30s, 5m, 2h or 1d, or a variable, got \"often\"")]
    [InlineData("""{"panels": [{"type": "stat", "targets": [{"refId": "A", "expr": "a"}, {"refId": "A", "expr": "b"}]}]}""", "b.json: $.panels[0].targets[1]: there are two queries \"A\" in the panel")]
    [InlineData("""{"title": "x", "templating": {"list": [{"type": "query"}, {"name": "a b", "type": "query"}, {"name": "a", "type": "dance"}, {"name": "c", "type": "custom", "current": {"value": {}}}, {"name": "c", "type": "custom"}]}}""",
        "b.json: $.templating.list[0]: has no name", "b.json: $.templating.list[1]: name: expected letters, digits and _, got \"a b\"", "b.json: $.templating.list[2]: type: expected datasource, query, custom, constant, textbox, interval, adhoc, got \"dance\"",
        "b.json: $.templating.list[3].current.value: expected a text or an array of texts, got an object", "b.json: $.templating.list[4]: there are two variables \"c\"")]
    [InlineData("""{"panels": [{"type": "stat", "fieldConfig": {"defaults": {"mappings": [{"type": "odd", "options": {}}, {"type": "value"}], "min": "0"}}}]}""",
        "b.json: $.panels[0].fieldConfig.defaults.min: expected a number, got \"0\"", "b.json: $.panels[0].fieldConfig.defaults.mappings[0]: type: expected value, range, regex or special, got \"odd\"", "b.json: $.panels[0].fieldConfig.defaults.mappings[1]: has no options")]
    [InlineData("""{"panels": [], "\u001b[2J": "\ud800"}""", "b.json: $.\\u001b[2J: is a text that is not Unicode")]
    [InlineData("""{"panels": [{"type": "stat", "fieldConfig": {"defaults": {"mappings": [{"type": "value", "options": {"\u001b[2J": {"text": 5}}}]}}}]}""",
        "b.json: $.panels[0].fieldConfig.defaults.mappings[0].options.\\u001b[2J.text: expected a text, got 5")]
    public void Everything_wrong_is_said_at_once(string json, params string[] errors)
    {
        var reading = Read(json);
        Assert.Null(reading.Dashboard);
        Assert.Equal(errors, reading.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        var deep = Assert.Single(Read(string.Concat(Enumerable.Repeat("[", 1000))).Errors);
        Assert.Contains("The maximum configured depth of 64 has been exceeded", deep.Message, StringComparison.Ordinal);
        Assert.Equal("is larger than 16 MiB, which no dashboard is", Assert.Single(Read("{" + new string(' ', DashboardReader.MostBytes) + "}").Errors).Message);
    }

    [Fact]
    public void Variables_and_queries_are_limited()
    {
        var variables = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"name": "v{{i}}", "type": "constant"}"""));
        var queries = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"refId": "q{{i}}", "expr": "up"}"""));
        var reading = Read($$"""{"templating": {"list": [{{variables}}]}, "panels": [{"type": "stat", "targets": [{{queries}}]}]}""");
        Assert.Equal(
            ["b.json: $.templating.list[1000]: there are more than 1000 variables", "b.json: $.panels[0].targets[1000]: there are more than 1000 queries in the panel"],
            reading.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("""{"panels": [{"type": "disco"}]}""", "b.json: $.panels[0]: type \"disco\" is not known here: its queries are asked, it can't be drawn")]
    [InlineData("""{"panels": [{"type": "stat", "targets": [{"expr": " "}]}]}""", "b.json: $.panels[0].targets[0]: has no expression, so it is left out")]
    [InlineData("""{"panels": [{"type": "logs", "datasource": {"type": "loki", "uid": "l"}, "targets": [{"expr": "x"}]}]}""", "b.json: $.panels[0].targets[0]: is a query of \"loki\", not of a Prometheus, so it is left out")]
    [InlineData("""{"panels": [{"type": "stat", "datasource": {"uid": "-- Mixed --", "type": "datasource"}, "targets": [{"expr": "x"}, {"expr": "y", "datasource": {"type": "__expr__", "uid": "__expr__"}}]}]}""", "b.json: $.panels[0].targets[1]: is a query of \"__expr__\", not of a Prometheus, so it is left out")]
    [InlineData("""{"panels": [{"libraryPanel": {"uid": "x"}}]}""", "b.json: $.panels[0]: is a library panel, whose content is not in the dashboard, so it is left out")]
    [InlineData("""{"panels": [{"type": "stat", "repeat": "model"}]}""", "b.json: $.panels[0]: is repeated by \"model\" in Grafana; here it is one panel of all values")]
    [InlineData("""{"panels": [{"type": "stat", "id": 1}, {"type": "stat", "id": 1}]}""", "b.json: $.panels: 2 panels have the id 1")]
    [InlineData("""{"title": "x", "templating": {"list": [{"name": "f", "type": "adhoc"}]}}""", "b.json: $.templating.list[0]: filters that people add by hand have no effect here")]
    public void What_is_left_out_is_said(string json, string warning)
    {
        var reading = Read(json);
        Assert.Empty(reading.Errors);
        Assert.Equal([warning], reading.Warnings.Select(one => one.ToString()));
    }

    [Fact]
    public void Files_and_directories_are_read_in_order()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("d/b.json", """{"title": "b"}""");
        directory.Write("d/a.json", """{"title": "a"}""");
        directory.Write("d/notes.txt", "x");
        directory.Write("empty/notes.txt", "x");
        var readings = DashboardFiles.Read([directory.File("d"), directory.File("d/a.json"), directory.File("empty"), directory.File("nowhere.json"), "", "\u001b[2J"]);
        Assert.Equal(["a", "b", null, null, null, null], readings.Select(reading => reading.Dashboard?.Title));
        Assert.Equal(
            [$"{directory.File("empty")}: the directory has no *.json", $"{directory.File("nowhere.json")}: there is no such file or directory", ": there is no such file or directory", " [2J: there is no such file or directory"],
            readings.SelectMany(reading => reading.Errors).Select(error => error.ToString()));
    }

    private static DashboardReading Read(string json) => DashboardReader.Read("b.json", Encoding.UTF8.GetBytes(json));
}
