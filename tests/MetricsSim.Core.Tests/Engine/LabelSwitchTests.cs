using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>Labels decide how values are split over series, never what they sum to.</summary>
public sealed class LabelSwitchTests
{
    private const int Users = 1200;
    private const int Seconds = 600;
    private static readonly Lazy<SnapshotView> PerUser = new(() => Play(new()));

    public static TheoryData<string> Cases => ["none", "no user_id", "e-mail only", "all", "usage", "attributes"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Switches_never_change_totals(string which)
    {
        var view = Play(Labels(which));
        foreach (var (family, index) in view.Snapshot.Layout.Families.Select((family, index) => (family, index)))
        {
            Assert.Equal(PerUser.Value.Snapshot.Layout.Families[index].Name, family.Name);
            if (family.Divisor == 0) Assert.Equal(PerUser.Value.Snapshot.Columns[index], view.Snapshot.Columns[index]);
            else Assert.Equal(ByCell(PerUser.Value, index), ByCell(view, index));
        }
    }

    [Fact]
    public void Without_user_id_cells_are_the_sums_of_the_users_with_those_labels()
    {
        var view = Play(new() { UserId = false });
        foreach (var family in view.Snapshot.Layout.Families.Where(family => family.Rows is Core.Population.UserRows))
        {
            var sums = new Dictionary<string, long[]>(StringComparer.Ordinal);
            foreach (var (labels, cells) in PerUser.Value.Rows(family.Name))
            {
                var rest = labels[(labels.IndexOf(',') + 1)..];
                sums[rest] = sums.TryGetValue(rest, out var sum) ? [.. sum.Zip(cells, (a, b) => a + b)] : cells;
            }

            var rows = view.Rows(family.Name);
            Assert.Equal(sums.Count, rows.Count);
            foreach (var (labels, cells) in rows) Assert.Equal(sums[labels], cells);
        }
    }

    /// <summary>Each label alone and both together tell the same of each value, and of values with their shares: 7 : 2 : 1 and 1 : 1 : 1.</summary>
    [Fact]
    public void Query_source_and_effort_split_tokens_and_cost_alike()
    {
        var both = Play(new() { UserId = false, QuerySource = true, Effort = true });
        var source = Play(new() { UserId = false, QuerySource = true });
        var effort = Play(new() { UserId = false, Effort = true });
        foreach (var family in new[] { "otel_claude_code_token_usage_tokens", "otel_claude_code_cost_usage_USD" })
        {
            foreach (var (value, share) in new[] { ("main", 0.7), ("subagent", 0.2), ("auxiliary", 0.1) })
            {
                Assert.Equal(source.Sum(family, ("query_source", value)), both.Sum(family, ("query_source", value)));
                Assert.Equal(share, both.Sum(family, ("query_source", value)) / (double)both.Sum(family), 0.02);
            }

            foreach (var value in new[] { "low", "medium", "high" })
            {
                Assert.Equal(effort.Sum(family, ("effort", value)), both.Sum(family, ("effort", value)));
                Assert.Equal(1 / 3.0, both.Sum(family, ("effort", value)) / (double)both.Sum(family), 0.06);
            }
        }
    }

    [Fact]
    public void With_every_user_label_off_there_is_one_series_of_a_kind()
    {
        var view = Play(Labels("none"));
        Assert.Single(view.Series("otel_claude_code_session_count"));
        Assert.Empty(view.Series("otel_claude_code_session_count").Single().Labels);
        Assert.Single(view.Series("otel_claude_code_active_sessions"));
        // Language is the one label of decisions that is the user's too: one row for each of the seven.
        Assert.Equal(7, view.Family("otel_claude_code_code_edit_tool_decision").Rows.Count);
    }

    private static LabelOptions Labels(string which) => which switch
    {
        "none" => new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false },
        "no user_id" => new() { UserId = false },
        "e-mail only" => new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false, UserEmail = true },
        "all" => new() { UserEmail = true, UserAccountUuid = true, AppVersion = true, StartType = true, QuerySource = true, Effort = true },
        "usage" => new() { UserId = false, QuerySource = true, Effort = true, StartType = true },
        _ => new() { ResourceAttributes = [("team_id", ["a", "b", "c"]), ("department", ["one"])] },
    };

    private static SnapshotView Play(LabelOptions labels) =>
        SnapshotView.Of(new World(TestWorlds.Flat(Users) with { Telemetry = new() { Labels = labels } }).StepSeconds(Seconds));

    /// <summary>Sums over rows and over the labels that can be switched, by the labels that can't.</summary>
    private static SortedDictionary<string, string> ByCell(SnapshotView view, int index)
    {
        var family = view.Snapshot.Layout.Families[index];
        string[] switched = ["start_type", "query_source", "effort"];
        var sums = new Dictionary<string, long[]>(StringComparer.Ordinal);
        for (var series = 0; series < family.SeriesCount; series++)
        {
            var labels = family.Leaves[series % family.Leaves.Count].Where(label => !switched.Contains(label.Name));
            var language = family.Rows.Labels(series / family.Leaves.Count).Where(label => label.Name == "language");
            var userType = family.Name.EndsWith("active_sessions", StringComparison.Ordinal) ? [] : labels.Concat(language);
            var key = string.Join(',', userType.Select(label => $"{label.Name}={label.Value}"));
            if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new long[family.Stride];
            for (var cell = 0; cell < family.Stride; cell++) sum[cell] += view.Snapshot.Columns[index][(series * family.Stride) + cell];
        }

        return new(sums.ToDictionary(entry => entry.Key, entry => string.Join(' ', entry.Value), StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
