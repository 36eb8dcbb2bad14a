using System.Text.RegularExpressions;
using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Randomness;

public sealed partial class KeyedRandomTests
{
    /// <summary>Our own vectors, docs/model.md: made by an independent implementation of the counter's layout.</summary>
    [Theory]
    [InlineData(42UL, 0UL, Purpose.Placement, 0L, 0, "e4687d13 bd503d09 375a56e3 cf6b9f33")]
    [InlineData(42UL, 7UL, Purpose.Arrival, 3L, 0, "bd4daa99 a7ebfbb0 8363bb68 6fe01bf5")]
    [InlineData(7UL, 0x0000000300000002UL, Purpose.Request, 12L, 0, "d715d4c1 f3094215 e4d4529a afe9ec28")]
    [InlineData(42UL, 7UL, Purpose.Attempt, 0x100000000L, 2, "06331571 6e3b85e3 bf69553c 03199356")]
    [InlineData(0xdeadbeefcafebabeUL, ulong.MaxValue, Purpose.ResourceAttribute, 0xFFFFFFFFFFL, 65535, "478bdcf3 223b9cbf 07537cf1 66bb0ba5")]
    public void Answers_its_pinned_vectors(ulong seed, ulong entity, Purpose purpose, long tick, int draw, string expected) =>
        Assert.Equal(expected, PhiloxTests.Hex(new KeyedRandom(seed).Draw(entity, purpose, tick, draw)));

    [Fact]
    public void Every_bit_of_every_argument_matters()
    {
        var seen = new HashSet<RandomBlock>();
        var count = 0;
        void Add(RandomBlock block)
        {
            seen.Add(block);
            count++;
        }

        Add(new KeyedRandom(0).Draw(0, Purpose.Profile));
        for (var bit = 0; bit < 64; bit++) Add(new KeyedRandom(1UL << bit).Draw(0, Purpose.Profile));
        for (var bit = 0; bit < 64; bit++) Add(new KeyedRandom(0).Draw(1UL << bit, Purpose.Profile));
        for (var bit = 0; bit < 40; bit++) Add(new KeyedRandom(0).Draw(0, Purpose.Profile, 1L << bit));
        for (var bit = 0; bit < 16; bit++) Add(new KeyedRandom(0).Draw(0, Purpose.Profile, 0, 1 << bit));
        foreach (var purpose in Enum.GetValues<Purpose>().Except([Purpose.Profile])) Add(new KeyedRandom(0).Draw(0, purpose));
        Assert.Equal(count, seen.Count);
    }

    [Fact]
    public void Purposes_keep_their_numbers() =>
        Assert.Equal(
            "Placement=1 Profile=2 InitialActivity=3 ActivityStep=4 Arrival=5 InitialSessions=6 InitialSession=7 Session=8 Request=9 "
            + "Attempt=10 Tools=11 ToolCall=12 FaultTarget=13 Identifier=14 ResourceAttribute=15 AmbientFault=16 "
            + "CounterFallback=20 GroupLabel=24 GroupStart=25 GroupValue=26 GroupObservation=27 LateSample=32 Prompt=33",
            string.Join(' ', Enum.GetValues<Purpose>().Select(purpose => $"{purpose}={(int)purpose}")));

    /// <summary>The test vectors of FNV-1a with 64 bits, draft-eastlake-fnv appendix C; ASCII text has the same units in UTF-16.</summary>
    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void Keys_text_by_fnv(string text, ulong expected) => Assert.Equal(expected, KeyedRandom.KeyOf(text));

    [Fact]
    public void Makes_uuids_of_version_4()
    {
        var random = new KeyedRandom(42);
        Assert.Equal("30ba8001-07d3-4706-8825-d0fbe065d099", random.Uuid(0, 0));
        Assert.Equal("d3af71ad-0176-4d30-b9b7-9b9a1402a2df", random.Uuid(3, 1));
        var all = Enumerable.Range(0, 1000).Select(i => random.Uuid((ulong)i, i % 3)).ToArray();
        Assert.All(all, uuid => Assert.Matches(Version4(), uuid));
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version4();
}
