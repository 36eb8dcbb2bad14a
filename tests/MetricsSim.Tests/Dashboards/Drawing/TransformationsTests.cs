using System.Text.Json;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Drawing.Tables;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>Tables become what Grafana's transformations make of them.</summary>
public sealed class TransformationsTests
{
    private static readonly TableFrame Spend = Frame(["model", "Value #A"], ["opus", 10.0], ["sonnet", 20.0]);
    private static readonly TableFrame Tokens = Frame(["model", "Value #B"], ["sonnet", 3.0], ["haiku", 1.0]);

    [Theory]
    [InlineData("""{"id": "merge"}""", "model|Value #A|Value #B / opus|10| / sonnet|20|3 / haiku||1")]
    [InlineData("""{"id": "joinByField", "options": {"byField": "model"}}""", "model|Value #A|Value #B / opus|10| / sonnet|20|3 / haiku||1")]
    [InlineData("""{"id": "organize", "options": {"excludeByName": {"Value #A": true}, "renameByName": {"model": "Model"}}}""", "Model / opus / sonnet")]
    [InlineData("""{"id": "organize", "options": {"indexByName": {"Value #A": 0, "model": 1}}}""", "Value #A|model / 10|opus / 20|sonnet")]
    [InlineData("""{"id": "filterFieldsByName", "options": {"include": {"pattern": "^mod"}}}""", "model / opus / sonnet")]
    [InlineData("""{"id": "sortBy", "options": {"sort": [{"field": "Value #A", "desc": true}]}}""", "model|Value #A / sonnet|20 / opus|10")]
    [InlineData("""{"id": "limit", "options": {"limitField": 1}}""", "model|Value #A / opus|10")]
    [InlineData("""{"id": "reduce", "options": {"reducers": ["max", "lastNotNull"]}}""", "Field|Max|Last * / Value #A|20|20 / Value #B|3|1")]
    [InlineData("""{"id": "merge", "disabled": true}""", "model|Value #A / opus|10 / sonnet|20")]
    public void Known_ones_are_applied(string transformation, string expected)
    {
        var unknown = new List<string>();
        Assert.Equal(expected, Text(Transformations.Apply([Spend, Tokens], [JsonElement.Parse(transformation)], unknown)[0]));
        Assert.Empty(unknown);
    }

    [Fact]
    public void Tables_without_a_common_column_stay_row_below_row() =>
        Assert.Equal("a|b / x| / |y", Text(Transformations.Apply([Frame(["a"], ["x"]), Frame(["b"], ["y"])], [JsonElement.Parse("""{"id": "merge"}""")], [])[0]));

    [Fact]
    public void Rows_of_one_key_are_held_against_so_many_only()
    {
        TableFrame Long(string column) => Frame(["job", column], [.. Enumerable.Range(0, BoardDataLoader.MostValues + 100).Select(i => new object[] { "a", (double)i })]);
        var joined = Transformations.Apply([Long("one"), Long("two")], [JsonElement.Parse("""{"id": "joinByField", "options": {"byField": "job"}}""")], [])[0];
        Assert.Equal(BoardDataLoader.MostValues, joined.Rows.Count(row => !row.Any(cell => cell.IsEmpty)));
        Assert.Equal(BoardDataLoader.MostValues + 200, joined.Rows.Count);
    }

    [Fact]
    public void Unknown_ones_are_named_and_change_nothing()
    {
        var unknown = new List<string>();
        Assert.Equal(Text(Spend), Text(Transformations.Apply([Spend], [JsonElement.Parse("""{"id": "groupingToMatrix"}"""), JsonElement.Parse("3")], unknown)[0]));
        Assert.Equal(["groupingToMatrix", ""], unknown);
    }

    private static TableFrame Frame(string[] names, params object[][] rows) => new(
        [.. names.Select(name => TableColumn.Plain(name))],
        [.. rows.Select(row => (IReadOnlyList<TableCell>)[.. row.Select(cell => cell is double number ? new TableCell(null, number) : new TableCell((string)cell, double.NaN))])]);

    private static string Text(TableFrame frame) => string.Join(
        " / ", frame.Rows.Select(row => string.Join('|', row.Select(cell => cell.Text ?? (cell.IsEmpty ? "" : $"{cell.Number}")))).Prepend(string.Join('|', frame.Columns.Select(column => column.Name))));
}
