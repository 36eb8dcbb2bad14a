using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Population;

public sealed class UserDirectoryTests
{
    public static TheoryData<int> Totals => [1, 10, 37, 100, 1000, 12_345];

    /// <summary>
    /// The discrepancy of the multiples of the golden ratio: N·D* grows as 3/(20 ln φ) · ln N = 0.31·ln N (Ramshaw 1981; Dupain and Sós,
    /// On the discrepancy of (nα) sequences, 1984), and an interval that does not begin at 0 errs at most twice that. √N would be random.
    /// </summary>
    [Theory]
    [MemberData(nameof(Totals))]
    public void Segments_have_their_shares_at_any_total(int total)
    {
        foreach (var seed in new ulong[] { 1, 42, 1000 })
        {
            var options = new PopulationOptions();
            var directory = new UserDirectory(options, new KeyedRandom(seed));
            var counts = new int[options.Segments.Count];
            for (var user = 0; user < total; user++) counts[directory.Segment(user)]++;
            var bound = 2 * (1 + (0.31 * Math.Log(total)));
            for (var segment = 0; segment < counts.Length; segment++)
                Assert.InRange(Math.Abs(counts[segment] - (total * options.Segments[segment].Fraction)), 0, bound);
        }
    }

    /// <summary>The multiples of √2 have the least discrepancy of all: N·D* grows as ln N / (4 ln(1 + √2)) = 0.28·ln N (Dupain and Sós 1984).</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.35)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void The_enabled_share_is_near_exact_in_all_and_fair_to_each_segment(double share)
    {
        var directory = New();
        var enabled = Enumerable.Range(0, 12_345).Where(user => directory.EnabledFrom(user) < share).ToArray();
        Assert.InRange(Math.Abs(enabled.Length - (12_345 * share)), 0, 6);
        for (var segment = 0; segment < 3; segment++)
        {
            var size = Enumerable.Range(0, 12_345).Count(user => directory.Segment(user) == segment);
            // Of the pair of sequences no bound as sharp is known; random placement would err by up to 5 %.
            Assert.Equal(share, enabled.Count(user => directory.Segment(user) == segment) / (double)size, 0.01);
        }
    }

    [Fact]
    public void The_enabled_share_is_nested_and_has_its_ends()
    {
        var directory = New();
        Assert.All(Enumerable.Range(0, 10_000), user => Assert.InRange(directory.EnabledFrom(user), 0, Math.BitDecrement(1.0)));
        HashSet<int> Enabled(double share) => [.. Enumerable.Range(0, 500).Where(user => directory.EnabledFrom(user) < share)];
        var shares = new[] { 0, 0.1, 0.25, 0.8, 1 }.Select(Enabled).ToArray();
        for (var i = 1; i < shares.Length; i++) Assert.Superset(shares[i - 1], shares[i]);
        Assert.Empty(shares[0]);
        Assert.Equal(500, shares[^1].Count);
    }

    [Fact]
    public void A_profile_does_not_know_the_total()
    {
        var few = New(100);
        var many = New(3000);
        for (var user = 0; user < 100; user++) Assert.Equal(few.Profile(user), many.Profile(user));
        Assert.NotEqual(New(100, 1).Profile(5).BaseActivity, few.Profile(5).BaseActivity);
    }

    [Fact]
    public void Profiles_follow_their_laws()
    {
        const int Users = 20_000;
        var options = new PopulationOptions { Total = Users };
        var directory = New(Users);
        var profiles = Enumerable.Range(0, Users).Select(directory.Profile).ToArray();
        for (var segment = 0; segment < 3; segment++)
        {
            var law = options.Segments[segment];
            Statistics.AssertFollows(
                profiles.Where(user => user.Segment == segment).Select(user => user.BaseActivity),
                activity => Math.Clamp((activity - law.ActivityLow) / (law.ActivityHigh - law.ActivityLow), 0, 1));
        }

        Statistics.AssertShare(options.ApiKeyShare, profiles.Count(user => user.Organization < 0), Users, "API keys");
        var organised = profiles.Count(user => user.Organization >= 0);
        var organisations = profiles.Select(user => user.Organization).Where(organisation => organisation >= 0);
        AssertShares(Enumerable.Repeat(0.2, 5), organisations, organised);
        AssertShares(options.Terminals.Select(share => share.Fraction), profiles.Select(user => user.Terminal), Users);
        AssertShares(options.Languages.Select(share => share.Fraction), profiles.Select(user => user.Language), Users);
        AssertShares([0.25, 0.25, 0.25, 0.25], Enumerable.Range(0, Users).Select(user => directory.ResourceValue(user, "team_id", 4)), Users);
    }

    [Fact]
    public void Resource_attributes_are_independent_of_each_other()
    {
        var directory = New();
        var pairs = Enumerable.Range(0, 8000)
            .Select(user => (directory.ResourceValue(user, "team_id", 2) * 2) + directory.ResourceValue(user, "department", 2));
        AssertShares([0.25, 0.25, 0.25, 0.25], pairs, 8000);
    }

    [Theory]
    [InlineData(0, "user_000")]
    [InlineData(42, "user_042")]
    [InlineData(999, "user_999")]
    [InlineData(1000, "user_1000")]
    [InlineData(9_999_999, "user_9999999")]
    public void User_ids_have_three_digits_at_least(int user, string expected) => Assert.Equal(expected, UserDirectory.UserId(user));

    [Fact]
    public void Users_with_an_API_key_have_no_organisation()
    {
        Assert.Equal("", New().OrganizationId(-1));
        Assert.Equal("30ba8001-07d3-4706-8825-d0fbe065d099", New().OrganizationId(0));
        Assert.Equal("d3af71ad-0176-4d30-b9b7-9b9a1402a2df", New().AccountUuid(3));
    }

    [Fact]
    public void Shares_cumulate_without_a_gap()
    {
        var ends = UserDirectory.Cumulate(Enumerable.Repeat(0.1, 10));
        Assert.Equal(1, ends[^1]);
        Assert.Equal(9, UserDirectory.Pick(ends, Math.BitDecrement(1.0)));
        Assert.Equal(0, UserDirectory.Pick(ends, 0));
        Assert.Equal(1, UserDirectory.Pick([0.5, 1], 0.5));
        Assert.Equal(2, UserDirectory.Pick([0, 0, 1], 0));
    }

    private static UserDirectory New(int total = 100, ulong seed = 42) => new(new PopulationOptions { Total = total }, new KeyedRandom(seed));

    private static void AssertShares(IEnumerable<double> shares, IEnumerable<int> indices, int total)
    {
        var expected = shares.Select(share => share * total).ToArray();
        var counts = new long[expected.Length];
        foreach (var index in indices) counts[index]++;
        Statistics.AssertChiSquare(expected, counts);
    }
}
