using System.Text.Json;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;

namespace MetricsSim.Dashboards.Drawing.Tables;

/// <summary>Does what a panel's transformations say, as far as tables need them.</summary>
internal static class Transformations
{
    /// <summary>Transforms tables.</summary>
    /// <param name="frames">The tables.</param>
    /// <param name="transformations">As the dashboard has them.</param>
    /// <param name="unknown">Takes the names of those that are not known here.</param>
    /// <returns>What comes of them.</returns>
    public static IReadOnlyList<TableFrame> Apply(IReadOnlyList<TableFrame> frames, IReadOnlyList<JsonElement> transformations, ICollection<string> unknown)
    {
        foreach (var transformation in transformations.Where(transformation => transformation.At("disabled").AsFlag() != true))
        {
            if (frames.Count == 0) break;
            var id = transformation.At("id").AsText() ?? "";
            if (One(frames, id, transformation.At("options")) is { } changed) frames = changed;
            else unknown.Add(id);
        }

        return frames;
    }

    private static IReadOnlyList<TableFrame>? One(IReadOnlyList<TableFrame> frames, string id, JsonElement options) => id switch
    {
        "merge" => [FrameJoin.Merge(frames)],
        "joinByField" or "seriesToColumns" => [FrameJoin.ByField(frames, options.At("byField").AsText() ?? TableColumn.TimeName)],
        "organize" => [.. frames.Select(frame => Organized(frame, options))],
        "labelsToFields" => [.. frames.Select(LabelsToFields)],
        "reduce" => [Reduced(frames, options.At("reducers").AsTexts())],
        "filterFieldsByName" => [.. frames.Select(frame => Filtered(frame, options.At("include")))],
        "sortBy" => [.. frames.Select(frame => options.At("sort").AsList() is [var sort, ..] ? frame.Sorted(sort.At("field").AsText() ?? "", sort.At("desc").AsFlag() == true) : frame)],
        "limit" => [.. frames.Select(frame => frame with { Rows = [.. frame.Rows.Take((int)Math.Clamp(options.At("limitField").AsNumber() ?? 10, 0, 1e6))] })],
        _ => null,
    };

    private static TableFrame Organized(TableFrame frame, JsonElement options)
    {
        var order = Enumerable.Range(0, frame.Columns.Count)
            .Where(i => options.At("excludeByName", frame.Columns[i].Name).AsFlag() != true)
            .OrderBy(i => options.At("indexByName", frame.Columns[i].Name).AsNumber() ?? double.MaxValue)
            .ToList();
        var taken = frame.Take(order);
        return taken with { Columns = [.. taken.Columns.Select(column => options.At("renameByName", column.Name).AsText() is { Length: > 0 } name ? column with { Name = name } : column)] };
    }

    private static TableFrame LabelsToFields(TableFrame frame)
    {
        var labels = frame.Columns.SelectMany(column => column.Labels).DistinctBy(label => label.Key, StringComparer.Ordinal).OrderBy(label => label.Key, StringComparer.Ordinal).ToList();
        var names = frame.Columns.Select(column => column.Labels.Count > 0 ? column with { Name = "Value", Labels = new Dictionary<string, string>() } : column).ToList();
        return new(
            [.. names.Take(1), .. labels.Select(label => TableColumn.Plain(label.Key)), .. names.Skip(1)],
            [.. frame.Rows.Select(row => (IReadOnlyList<TableCell>)[.. row.Take(1), .. labels.Select(label => new TableCell(label.Value, double.NaN)), .. row.Skip(1)])]);
    }

    /// <summary>A row for each column of numbers, with what it is reduced to.</summary>
    private static TableFrame Reduced(IReadOnlyList<TableFrame> frames, IReadOnlyList<string> reducers)
    {
        if (reducers.Count == 0) reducers = ["max"];
        var rows = frames.SelectMany(frame => Enumerable.Range(0, frame.Columns.Count)
            .Where(i => frame.Columns[i].Name != TableColumn.TimeName && frame.Rows.Any(row => !double.IsNaN(row[i].Number)))
            .Select(i => (IReadOnlyList<TableCell>)
            [
                new TableCell(frame.Columns[i].Name, double.NaN),
                .. reducers.Select(reducer => new TableCell(null, Reducers.Of(reducer, frame.Rows.Select(row => row[i].Number)))),
            ]));
        return new([TableColumn.Plain("Field"), .. reducers.Select(reducer => TableColumn.Plain(reducer == Reducers.Usual ? "Last *" : Reducers.Title(reducer)))], [.. rows]);
    }

    private static TableFrame Filtered(TableFrame frame, JsonElement include)
    {
        var names = include.At("names").AsTexts();
        var pattern = include.At("pattern").AsText();
        return frame.Take([.. Enumerable.Range(0, frame.Columns.Count)
            .Where(i => names.Contains(frame.Columns[i].Name) || (pattern is { Length: > 0 } && ValueMappings.Matches(pattern, frame.Columns[i].Name)))]);
    }
}
