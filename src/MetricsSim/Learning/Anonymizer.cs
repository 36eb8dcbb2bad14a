using MetricsSim.Core.Randomness;

namespace MetricsSim.Learning;

/// <summary>
/// Replaces label values by letters: of a label the same value always by the same, of the same length, and different ones by different ones. The
/// letters follow from the seed, the label and when the value came, and never from the value.
/// </summary>
/// <param name="seed">Key of the letters.</param>
internal sealed class Anonymizer(ulong seed)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly Dictionary<string, Dictionary<string, string>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _taken = new(StringComparer.Ordinal);

    /// <summary>The group without the values of its labels.</summary>
    /// <param name="group">The group.</param>
    public LearnedGroup Mask(LearnedGroup group) => group with
    {
        Labels = group.Labels switch
        {
            SetsPlan sets => new SetsPlan([.. sets.Sets.Select(set => set.Select(label => KeyValuePair.Create(label.Key, Value(label.Key, label.Value))).ToList())]),
            ProductPlan product => product with { Labels = [.. product.Labels.Select(Mask)] },
            _ => group.Labels,
        },
    };

    private PlannedLabel Mask(PlannedLabel label) => label with
    {
        Values = label.Values is { } values ? [.. values.Select(value => Value(label.Name, value))] : null,
        Made = label.Made is { Prefix.Length: > 0 } made ? made with { Prefix = Value(label.Name + "\0prefix", made.Prefix) } : label.Made,
    };

    private string Value(string label, string value)
    {
        if (!_values.TryGetValue(label, out var known))
        {
            _values.Add(label, known = new(StringComparer.Ordinal));
            _taken.Add(label, new(StringComparer.Ordinal));
        }

        if (known.TryGetValue(value, out var masked)) return masked;
        masked = Fresh(label, known.Count, value.Length);
        known.Add(value, masked);
        return masked;
    }

    private string Fresh(string label, int index, int length)
    {
        var random = new KeyedRandom(seed ^ KeyedRandom.KeyOf(label));
        // Short values run out: after some attempts a longer one will do.
        for (var attempt = 0; ; attempt++)
        {
            var text = Draw(random, (ulong)index, attempt, length + (attempt / 64));
            if (_taken[label].Add(text)) return text;
        }
    }

    private static string Draw(KeyedRandom random, ulong index, int attempt, int length) => string.Create(length, (random, index, attempt), static (text, key) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var block = key.random.Draw(key.index, Purpose.Identifier, key.attempt, i);
            text[i] = Letters[(int)(block.UniformA * Letters.Length)];
        }
    });
}
