using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Groups;

/// <summary>A label and the values it has.</summary>
public abstract record LabelValues
{
    /// <summary>Name of the label.</summary>
    public required string Name { get; init; }

    /// <summary>Number of distinct values, at least 1.</summary>
    public abstract int Cardinality { get; }

    /// <summary>A value.</summary>
    /// <param name="index">0 ≤ index &lt; <see cref="Cardinality"/>.</param>
    public abstract string this[int index] { get; }
}

/// <summary>Values written out.</summary>
/// <param name="Values">The values, all distinct.</param>
public sealed record ListedValues(IReadOnlyList<string> Values) : LabelValues
{
    /// <inheritdoc />
    public override int Cardinality => Values.Count;

    /// <inheritdoc />
    public override string this[int index] => Values[index];

    /// <inheritdoc />
    public bool Equals(ListedValues? other) => other is not null && other.Name == Name && other.Values.SequenceEqual(Values);

    /// <inheritdoc />
    public override int GetHashCode() => Values.Count;
}

/// <summary>Numbered values behind a prefix: <c>host-07</c>.</summary>
/// <param name="Count">How many.</param>
/// <param name="Prefix">What stands before the number.</param>
/// <param name="Length">Length of all values, at least that of the prefix and <see cref="DigitsOf"/>.</param>
public sealed record NumberedValues(int Count, string Prefix, int Length) : LabelValues
{
    /// <inheritdoc />
    public override int Cardinality => Count;

    /// <inheritdoc />
    public override string this[int index] => Prefix + index.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(Length - Prefix.Length, '0');

    /// <summary>Digits that tell so many values apart.</summary>
    /// <param name="count">How many.</param>
    public static int DigitsOf(int count) => (count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
}

/// <summary>Values that look like ids: letters and digits without a meaning, which follow from the label's name alone.</summary>
/// <param name="Count">How many.</param>
/// <param name="Length">Length of all values, at least <see cref="DigitsOf"/>.</param>
public sealed record RandomValues(int Count, int Length) : LabelValues
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <inheritdoc />
    public override int Cardinality => Count;

    /// <inheritdoc />
    public override string this[int index] => string.Create(Length, (Key: KeyedRandom.KeyOf(Name), Index: index), (text, value) =>
    {
        var random = new KeyedRandom(value.Key);
        for (var at = 0; at < text.Length; at += 8)
        {
            var bits = random.Draw((ulong)value.Index, Purpose.GroupLabel, draw: at / 8).BitsA;
            for (var i = at; i < Math.Min(at + 8, text.Length); i++, bits /= 36) text[i] = Digits[(int)(bits % 36)];
        }

        // The last digits are the number, so that no two values are the same.
        for (int i = text.Length - 1, left = value.Index; i >= text.Length - DigitsOf(Count); i--, left /= 36) text[i] = Digits[left % 36];
    });

    /// <summary>Digits of base 36 that tell so many values apart; at least one.</summary>
    /// <param name="count">How many.</param>
    public static int DigitsOf(int count)
    {
        var digits = 1;
        for (var left = (count - 1) / 36; left > 0; left /= 36) digits++;
        return digits;
    }
}
