using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Population;

public sealed class UserRowsTests
{
    [Fact]
    public void By_default_each_user_has_a_row_with_the_standard_labels()
    {
        var rows = Rows(new());
        Assert.True(rows.PerUser);
        Assert.Equal(300, rows.Count);
        Assert.Null(rows.RowOfUser);
        Assert.Equal(["user_id", "user_type", "organization_id", "terminal_type"], Names(rows, 7));
        Assert.Equal("user_007", rows.Labels(7)[0].Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Labels(300));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Labels(-1));
    }

    [Fact]
    public void All_labels_come_in_order()
    {
        var labels = new LabelOptions { UserEmail = true, UserAccountUuid = true, AppVersion = true };
        var rows = Rows(labels with { ResourceAttributes = [("team_id", ["a", "b"]), ("site", ["x"])] }, withLanguage: true);
        Assert.Equal(
            "user_id user_type organization_id terminal_type user_email user_account_uuid app_version team_id site language",
            string.Join(' ', Names(rows, 0)));
        Assert.All(Enumerable.Range(0, 300), row => Assert.Equal("x", Value(rows, row, "site")));
        Assert.Equal(2, Enumerable.Range(0, 300).Select(row => Value(rows, row, "team_id")).Distinct().Count());
        Assert.Equal(3, Enumerable.Range(0, 300).Select(row => Value(rows, row, "app_version")).Distinct().Count());
        Assert.Equal(7, Enumerable.Range(0, 300).Select(row => Value(rows, row, "language")).Distinct().Count());
    }

    [Fact]
    public void Users_with_an_API_key_carry_no_organisation_e_mail_or_account()
    {
        var rows = Rows(new() { UserEmail = true, UserAccountUuid = true });
        var keyed = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var empty = new[] { "organization_id", "user_email", "user_account_uuid" }.Count(label => Value(rows, row, label).Length == 0);
            Assert.True(empty is 0 or 3);
            if (empty == 3) keyed++;
            else Assert.Equal($"user_{row:D3}@example.com", Value(rows, row, "user_email"));
        }

        Assert.InRange(keyed, 30, 90);
    }

    [Fact]
    public void Without_labels_of_one_user_there_is_a_row_for_each_combination_that_occurs()
    {
        var rows = Rows(new() { UserId = false, OrganizationId = false });
        Assert.False(rows.PerUser);
        Assert.Equal(300, rows.RowOfUser!.Length);
        var perUser = Rows(new());
        var occurring = Enumerable.Range(0, 300).Select(user => (Value(perUser, user, "user_type"), Value(perUser, user, "terminal_type"))).Distinct().Count();
        // At most three segments times five terminals.
        Assert.InRange(occurring, 12, 15);
        Assert.Equal(occurring, rows.Count);
        Assert.Equal(occurring, Enumerable.Range(0, occurring).Select(row => string.Join(',', rows.Labels(row))).Distinct().Count());
        for (var user = 0; user < 300; user++)
        {
            Assert.Equal(Value(perUser, user, "user_type"), Value(rows, rows.RowOfUser[user], "user_type"));
            Assert.Equal(Value(perUser, user, "terminal_type"), Value(rows, rows.RowOfUser[user], "terminal_type"));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Labels(occurring));
    }

    [Fact]
    public void No_two_rows_have_the_same_labels_whatever_is_switched()
    {
        for (var switches = 0; switches < 1 << 9; switches++)
        {
            var labels = new LabelOptions
            {
                UserId = On(0), UserType = On(1), OrganizationId = On(2), TerminalType = On(3), UserEmail = On(4), UserAccountUuid = On(5), AppVersion = On(6),
                ResourceAttributes = On(7) ? [("team_id", ["a", "b"])] : [],
            };
            var rows = Rows(labels, withLanguage: On(8), users: 40);
            var sets = Enumerable.Range(0, rows.Count).Select(row => string.Join(',', rows.Labels(row))).ToList();
            Assert.True(sets.Distinct().Count() == sets.Count, $"with {labels} there are {sets.Count} rows, but {sets.Distinct().Count()} label sets");
            Assert.All(Enumerable.Range(0, 40), user => Assert.Equal(rows.LabelsOf(user), rows.Labels(rows.RowOfUser?[user] ?? user)));

            bool On(int bit) => (switches & (1 << bit)) != 0;
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Without_user_id_the_users_with_an_API_key_share_a_row(bool email, bool account)
    {
        var rows = Rows(new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false, UserEmail = email, UserAccountUuid = account });
        Assert.InRange(rows.Count, 210, 271);
        var shared = Assert.Single(Enumerable.Range(0, rows.Count), row => rows.Labels(row).All(label => label.Value.Length == 0));
        Assert.Equal(300 - rows.Count + 1, rows.RowOfUser!.Count(row => row == shared));
    }

    private static UserRows Rows(LabelOptions labels, bool withLanguage = false, int users = 300)
    {
        var options = TestWorlds.Options(users) with { Telemetry = new() { Labels = labels } };
        return new(options, new UserDirectory(options.Population, new KeyedRandom(options.Seed)), withLanguage);
    }

    private static IEnumerable<string> Names(LabelRows rows, int row) => rows.Labels(row).Select(label => label.Name);

    private static string Value(LabelRows rows, int row, string label) => rows.Labels(row).Single(candidate => candidate.Name == label).Value;
}
