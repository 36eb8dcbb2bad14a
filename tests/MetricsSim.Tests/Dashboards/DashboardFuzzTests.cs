using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Promql;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>No file crashes the reader, and whatever it lets through can be asked.</summary>
public sealed class DashboardFuzzTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20260105, 297).WithMaxTest(300);

    private static readonly string Original = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "dashboards", "users-and-sessions.json"));

    private static readonly string[] Splices =
    [
        "", "null", "true", "-1", "0", "1e999", "1e-400", "99999999999999999999", "\"\"", "\"text\"", "\"\\ud800\"", "\"\\u001b[2J\"", "[]", "{}", "[null]", "[[]]", "{\"a\": 1}",
        "{", "}", "[", "]", "\"", "\\", ",", ":", "$", "${", "${a:regex}", "[[", "$__interval", "$__all", "label_values(", "{{", "(?", "1s", "-5m", "9999y", "0ms", "😀",
    ];

    [Fact]
    public void Files_are_read_or_refused_and_what_is_read_can_be_asked()
    {
        var mutation = from at in Gen.Choose(0, int.MaxValue)
                       from length in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, 12)), (1, Gen.Choose(1, 500)))
                       from splice in Gen.Elements(Splices)
                       select (at, length, splice);
        var texts = from count in Gen.Choose(1, 4) from mutations in Gen.ListOf(mutation, count) select mutations.Aggregate(Original, Mutate);
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void Values_of_all_kinds_are_read_or_refused_and_what_is_read_can_be_asked()
    {
        // After a colon: the file stays JSON where the value is.
        var lines = Original.Split('\n');
        var change = from line in Gen.Choose(0, lines.Length - 1) from value in Gen.Elements(Splices) select (line, value);
        var texts = from count in Gen.Choose(1, 4)
                    from changes in Gen.ListOf(change, count)
                    select string.Join('\n', lines.Select((line, i) => changes.FirstOrDefault(one => one.line == i) is { value: { } value } && line.TrimEnd(',').Split("\": ", 2) is [var key, not ("{" or "[")]
                        ? $"{key}\": {value}{(line.EndsWith(',') ? "," : "")}" : line));
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void Expressions_of_any_kind_are_cut_into_pieces()
    {
        string[] pieces = [.. Splices, "rate", "sum by (", "le)", "[5m]", "[5m:1m]", "x{a=\"b\"}", "'", "`", "#", "\n", "=~", "offset", "@", "0x", "1e", "."];
        var texts = from parts in Gen.ListOf(Gen.Elements(pieces)) select string.Concat(parts);
        Check.One(Fixed.WithMaxTest(2000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var tokens = PromqlTokenizer.Tokens(text);
            foreach (var (token, next) in tokens.Zip(tokens.Skip(1))) Assert.True(token.End <= next.Start);
            Assert.All(tokens, token => Assert.Equal(token.Text, text[token.Start..token.End]));
            Assert.All(PromqlUses.Of(text).Selectors, selector => Assert.Contains(selector.Text, text, StringComparison.Ordinal));
            return true;
        }));
    }

    private static string Mutate(string text, (int At, int Length, string Splice) change)
    {
        var at = change.At % (text.Length + 1);
        return text.Remove(at, Math.Min(change.Length, text.Length - at)).Insert(at, change.Splice);
    }

    private static bool IsAnswered(string text)
    {
        var reading = DashboardReader.Read("b.json", Encoding.UTF8.GetBytes(text));
        Assert.Equal(reading.Dashboard is null, reading.Errors.Count > 0);
        Assert.All(reading.Errors.Concat(reading.Warnings), finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
        if (reading.Dashboard is not { } board) return true;
        var values = board.Variables.ToDictionary(
            variable => variable.Name, variable => VariableValue.Of(variable, VariableResolver.Choose(variable, variable.Options), variable.Options), StringComparer.Ordinal);
        var queries = new PanelQueries(values, PanelQueries.UsualScrapeInterval);
        var time = BoardTime.Last(TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch.AddYears(56));
        foreach (var query in board.Panels.SelectMany(panel => queries.Of(panel, time)).Concat(board.Annotations.Select(annotation => queries.Of(annotation, time))))
        {
            Assert.True(query.Step is null or > 0 && query.From <= query.To);
            Assert.True(Enum.IsDefined(QueryClassifier.Of(query.Expression)));
        }

        Assert.NotNull(VariableResolver.Ordered(board.Variables));
        return true;
    }
}
