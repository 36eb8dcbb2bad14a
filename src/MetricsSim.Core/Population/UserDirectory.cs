using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Population;

/// <summary>
/// Who the users are. Nothing is stored: a user's attributes are a function of the seed and its index, so a user is the same whatever
/// the total. Segments and the enabled share are quantiles of low-discrepancy sequences (multiples of the golden ratio and of √2), so
/// that shares are near exact at any total; the two sequences are jointly uniform, so the enabled share is a fair sample of each segment.
/// </summary>
public sealed class UserDirectory
{
    private const double GoldenRatio = 0.6180339887498949;
    private const double RootTwo = 0.4142135623730951;
    private readonly PopulationOptions _options;
    private readonly KeyedRandom _random;
    private readonly double _segmentOffset;
    private readonly double _enabledOffset;
    private readonly double[] _segments;
    private readonly double[] _terminals;
    private readonly double[] _languages;

    /// <summary>Prepares the directory.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="random">The world's randomness.</param>
    public UserDirectory(PopulationOptions options, KeyedRandom random)
    {
        _options = options;
        _random = random;
        var offsets = random.Draw(0, Purpose.Placement);
        _segmentOffset = offsets.UniformA;
        _enabledOffset = offsets.UniformB;
        _segments = Cumulate(options.Segments.Select(segment => segment.Fraction));
        _terminals = Cumulate(options.Terminals.Select(share => share.Fraction));
        _languages = Cumulate(options.Languages.Select(share => share.Fraction));
    }

    /// <summary>Running sums of shares, the last one set to 1 so that rounding leaves no gap.</summary>
    /// <param name="shares">Shares that sum to 1.</param>
    /// <returns>Upper ends of the intervals.</returns>
    public static double[] Cumulate(IEnumerable<double> shares)
    {
        var ends = shares.ToArray();
        for (var i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        ends[^1] = 1;
        return ends;
    }

    /// <summary>The interval that a uniform falls into.</summary>
    /// <param name="cumulated">From <see cref="Cumulate"/>.</param>
    /// <param name="uniform">In [0, 1).</param>
    /// <returns>Its index.</returns>
    public static int Pick(double[] cumulated, double uniform)
    {
        // Counted to the end: a loop that stops at the answer is one that a processor guesses wrong.
        var index = 0;
        for (var i = 0; i < cumulated.Length - 1; i++) index += uniform >= cumulated[i] ? 1 : 0;
        return index;
    }

    /// <summary>A user's attributes.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <returns>The attributes.</returns>
    public UserProfile Profile(int user)
    {
        var segment = Segment(user);
        var law = _options.Segments[segment];
        var first = _random.Draw((ulong)user, Purpose.Profile);
        var second = _random.Draw((ulong)user, Purpose.Profile, 0, 1);
        var activity = law.ActivityLow + (first.UniformA * (law.ActivityHigh - law.ActivityLow));
        var apiKey = RandomBlock.Uniform(second.W0) < _options.ApiKeyShare;
        return new UserProfile(
            segment,
            activity,
            apiKey ? -1 : (int)(first.UniformB * _options.Organizations),
            Pick(_terminals, RandomBlock.Uniform(second.W1)),
            Pick(_languages, RandomBlock.Uniform(second.W2)));
    }

    /// <summary>A user's segment.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <returns>Index into the segments.</returns>
    public int Segment(int user) => Pick(_segments, Fraction(_segmentOffset + (user * GoldenRatio)));

    /// <summary>A user is enabled while the enabled share is greater than this: a larger share contains the smaller.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <returns>In [0, 1).</returns>
    public double EnabledFrom(int user) => Fraction(_enabledOffset + (user * RootTwo));

    /// <summary>The value of <c>user_id</c>.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <returns><c>user_</c> and the index with at least three digits.</returns>
    public static string UserId(int user) => $"user_{user:D3}";

    /// <summary>The value of <c>organization_id</c>: a UUID, or empty for users with an API key, as the real client has none then.</summary>
    /// <param name="organization">Index, or −1.</param>
    /// <returns>The label value.</returns>
    public string OrganizationId(int organization) => organization < 0 ? "" : _random.Uuid((ulong)organization, 0);

    /// <summary>The value of <c>user_account_uuid</c>.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <returns>A UUID.</returns>
    public string AccountUuid(int user) => _random.Uuid((ulong)user, 1);

    /// <summary>A user's value of a custom resource attribute.</summary>
    /// <param name="user">Index, ≥ 0.</param>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="count">How many values there are.</param>
    /// <returns>Index of the value.</returns>
    public int ResourceValue(int user, string attribute, int count) =>
        (int)(_random.Draw((ulong)user ^ KeyedRandom.KeyOf(attribute), Purpose.ResourceAttribute).UniformA * count);

    private static double Fraction(double x) => x - Math.Floor(x);
}
