using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A finite number, as YAML 1.2's core schema writes them.</summary>
internal sealed partial class NumberKind(Limits limits) : ScalarKind
{
    /// <inheritdoc />
    public override string Expected => $"a number {limits}".TrimEnd();

    /// <inheritdoc />
    public override string TypeName => "number";

    /// <inheritdoc />
    public override string Range => limits.ToString();

    /// <summary>Reads a plain scalar as a finite number.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="value">The number.</param>
    /// <param name="hint">Why it isn't one, if there is more to say.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryNumber(SourceScalar scalar, out double value, out string? hint)
    {
        value = 0;
        hint = null;
        var text = scalar.Text;
        if (!scalar.Plain)
        {
            if (Pattern().IsMatch(text)) hint = "remove the quotes";
            return false;
        }

        if (NotFinite().IsMatch(text))
        {
            hint = "it must be finite";
            return false;
        }

        if (!Pattern().IsMatch(text))
        {
            if (text.Contains('_', StringComparison.Ordinal) && Pattern().IsMatch(text.Replace("_", "", StringComparison.Ordinal)))
                hint = "write it without underscores";
            return false;
        }

        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(value)) return true;
        hint = "it is too large for a number";
        return false;
    }

    /// <inheritdoc />
    public override JsonObject Schema() => limits.AddTo(new JsonObject { ["type"] = "number" });

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => Limits.Number((double)value);

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint) =>
        TryNumber(scalar, out var value, out hint) && limits.Contains(value) ? value : null;

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex(
        @"^([-+]?\.?(inf|infinity)|\.?nan)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotFinite();
}

/// <summary>A whole number; <c>1e6</c> and <c>100.0</c> are whole, and <c>0x2a</c> is read too.</summary>
internal sealed class WholeKind(Type type, Limits limits) : ScalarKind
{
    private readonly bool _isUnsigned = type == typeof(ulong);

    /// <inheritdoc />
    public override string Expected => $"a whole number {Range}".TrimEnd();

    /// <inheritdoc />
    public override string TypeName => "whole number";

    /// <inheritdoc />
    public override string Range => _isUnsigned ? $"from 0 to {ulong.MaxValue}" : limits.ToString();

    /// <inheritdoc />
    public override JsonObject Schema() => _isUnsigned
        ? new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = ulong.MaxValue }
        : limits.AddTo(new JsonObject { ["type"] = "integer" });

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) =>
        value is ulong unsigned ? JsonValue.Create(unsigned) : JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        if (!TryWhole(scalar, out var whole, out hint)) return null;
        if (_isUnsigned) return whole >= 0 && whole <= ulong.MaxValue ? (ulong)whole : null;
        if (whole < long.MinValue || whole > long.MaxValue || !limits.Contains((double)whole)) return null;
        if (type == typeof(long)) return (long)whole;
        return whole >= int.MinValue && whole <= int.MaxValue ? (int)whole : null;
    }

    private static bool TryWhole(SourceScalar scalar, out Int128 whole, out string? hint)
    {
        hint = null;
        if (scalar.Plain && Int128.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return true;
        if (scalar.Plain && scalar.Text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(scalar.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
        {
            whole = hex;
            return true;
        }

        whole = 0;
        // Doubles above 2^53 skip whole numbers: such a value must be written out.
        if (!NumberKind.TryNumber(scalar, out var number, out hint)) return false;
        whole = (Int128)number;
        return number == Math.Floor(number) && Math.Abs(number) <= 1L << 53;
    }
}
