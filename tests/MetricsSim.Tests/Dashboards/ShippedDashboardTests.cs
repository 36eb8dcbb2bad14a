using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Tests.Deploy;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>The shipped dashboards as files: what Grafana would show, or not, without asking a server.</summary>
public sealed partial class ShippedDashboardTests
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Variables that Grafana has in every dashboard.</summary>
    private static readonly string[] Globals = ["__rate_interval", "__interval", "__range", "__url_time_range", "__all_variables"];

    public static TheoryData<string> Names => ShippedDashboards.Names;

    [Fact]
    public void Reads_every_file_without_error_or_warning()
    {
        Assert.Equal(8, ShippedDashboards.Readings.Count);
        Assert.All(ShippedDashboards.Readings, reading => Assert.Equal([], reading.Errors.Concat(reading.Warnings).Select(finding => finding.ToString())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_stable_uid_and_nothing_of_the_Grafana_that_saved_it(string name)
    {
        var json = ShippedDashboards.Json(name);
        Assert.Equal($"metricssim-{name}", (string?)json["uid"]);
        Assert.Null(json["id"]);
        Assert.Equal(1, (int?)json["version"]);
        Assert.Equal(39, (int?)json["schemaVersion"]);
        Assert.DoesNotContain("__inputs", json);
        Assert.StartsWith("MetricsSim / ", (string?)json["title"], StringComparison.Ordinal);
        Assert.EndsWith(".", (string?)json["description"], StringComparison.Ordinal);
        Assert.Contains("metricssim", ShippedDashboards.ByName[name].Tags);
        Assert.Equal(json.ToJsonString(Pretty) + "\n", ShippedDashboards.Text(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fills_the_grid_without_overlap_and_begins_with_single_figures(string name)
    {
        var places = Places(ShippedDashboards.Json(name));
        Assert.Equal(places.Count, places.Select(place => place.Id).Distinct().Count());
        var cells = new Dictionary<(int X, int Y), string>();
        foreach (var (id, title, _, at) in places)
        {
            Assert.True(id > 0 && at is { X: >= 0, Y: >= 0, W: > 0, H: > 0 } && at.X + at.W <= GridPlace.Columns, $"{title} is at {at}");
            foreach (var cell in Cells(at)) Assert.True(cells.TryAdd(cell, title), $"{title} and {cells[cell]} overlap at {cell}");
        }

        // No holes: every line of the grid is full from the first to the last.
        Assert.Equal(GridPlace.Columns * places.Max(place => place.At.Y + place.At.H), cells.Count);
        Assert.Equal("row", places[0].Type);
        Assert.All(places.Where(place => place.At.Y == 1), place => Assert.Equal("stat", place.Type));
        Assert.InRange(places.Count(place => place.Type != "row"), 8, 16);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Declares_every_variable_that_it_uses_and_uses_every_one_that_it_declares(string name)
    {
        var json = ShippedDashboards.Json(name);
        var declared = ShippedDashboards.ByName[name].Variables.Select(variable => variable.Name).ToArray();
        json["templating"]!["list"]!.AsArray().Select(variable => variable!.AsObject()).ToList().ForEach(variable => variable.Remove("current"));
        // $1 is what label_replace found.
        var used = Interpolation.Names(json.ToJsonString(Pretty)).Except(["1"]).ToArray();
        Assert.Equal([], used.Except(declared).Except(Globals));
        Assert.Equal([], declared.Except(used));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Asks_the_data_source_that_is_chosen_which_is_the_provisioned_one_by_default(string name)
    {
        var json = ShippedDashboards.Json(name);
        var sources = Objects(json).Select(item => item["datasource"]).OfType<JsonObject>().Where(source => (string?)source["type"] != "grafana").ToArray();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.Equal(("prometheus", "${datasource}"), ((string?)source["type"], (string?)source["uid"])));
        Assert.All(ShippedDashboards.ByName[name].Panels.SelectMany(panel => panel.Targets), target => Assert.Equal("${datasource}", target.Datasource));
        var variable = Assert.Single(ShippedDashboards.ByName[name].Variables, variable => variable.Kind == VariableKind.Datasource);
        var provisioned = DeployFiles.Yaml("deploy/grafana/provisioning/datasources/prometheus.yml").Maps("datasources");
        Assert.Equal(provisioned.Single(source => source.Text("type") == "prometheus").Text("uid"), Assert.Single(variable.Current));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Leads_to_dashboards_that_there_are(string name)
    {
        var dashboard = ShippedDashboards.ByName[name];
        var others = ShippedDashboards.ByName.Values.Where(other => other != dashboard).ToArray();
        var menu = Assert.Single(dashboard.Links);
        Assert.Equal("dashboards", menu.Type);
        Assert.All(menu.Tags, tag => Assert.Contains(others, other => other.Tags.Contains(tag)));
        var uids = Linked().Matches(ShippedDashboards.Text(name)).Select(match => match.Groups["uid"].Value);
        Assert.All(uids, uid => Assert.Contains(others, other => other.Uid == uid));
    }

    [Fact]
    public void Leads_from_the_overview_to_the_dashboards_that_explain_it() => Assert.Equal(
        ["metricssim-cost", "metricssim-reliability", "metricssim-tokens-and-models", "metricssim-users-and-sessions"],
        Linked().Matches(ShippedDashboards.Text("overview")).Select(match => match.Groups["uid"].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Gives_nothing_of_the_truth_away_in_the_exercise()
    {
        string[] truths = ["active_faults", "scenario", "load_multiplier", "season_multiplier", "enabled_users", "backend_capacity", "simulated_time", "metricssim-control-room"];
        var text = ShippedDashboards.Text("on-call-exercise");
        var control = ShippedDashboards.ByName["control-room"];
        // They are what the control room shows, so a new name there would be seen here.
        Assert.All(truths[..^1], truth => Assert.Contains(truth, ShippedDashboards.Text("control-room"), StringComparison.Ordinal));
        Assert.All(truths, truth => Assert.DoesNotContain(truth, text.Replace("no scenario", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Empty(ShippedDashboards.ByName["on-call-exercise"].Links.SelectMany(link => link.Tags).Intersect(control.Tags));
    }

    [Fact]
    public void Marks_faults_scenarios_and_changes_of_load_in_the_control_room() => Assert.Equal(
        ["Enabled users change", "Faults", "Load changes", "Scenarios"],
        ShippedDashboards.ByName["control-room"].Annotations.Where(annotation => annotation.Enabled).Select(annotation => annotation.Name).Order(StringComparer.Ordinal));

    private static List<(int Id, string Title, string Type, GridPlace At)> Places(JsonObject dashboard) =>
    [
        .. dashboard["panels"]!.AsArray().Select(panel =>
        {
            int At(string key) => (int)panel!["gridPos"]![key]!;
            return ((int)panel!["id"]!, (string)panel["title"]!, (string)panel["type"]!, new GridPlace(At("x"), At("y"), At("w"), At("h")));
        }),
    ];

    private static IEnumerable<(int X, int Y)> Cells(GridPlace at) =>
        from x in Enumerable.Range(at.X, at.W) from y in Enumerable.Range(at.Y, at.H) select (x, y);

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair => Objects(pair.Value)).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex("\"/d/(?<uid>[^?/\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Linked();
}
