using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>Parsers of flags' values. Each names the flag, what was given and what is allowed.</summary>
internal static class Flags
{
    /// <summary>A whole number within bounds.</summary>
    /// <typeparam name="T">What the option holds.</typeparam>
    /// <param name="least">Least value allowed.</param>
    /// <param name="most">Largest value allowed.</param>
    /// <param name="convert">Makes the option's value of it.</param>
    /// <returns>A parser for <see cref="System.CommandLine.Option{T}.CustomParser"/>.</returns>
    public static Func<ArgumentResult, T?> WholeNumber<T>(long least, long most, Func<long, T> convert) => result =>
        long.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? convert(value)
            : Refuse<T>(result, most == long.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}");

    /// <summary>A finite number above zero.</summary>
    /// <param name="result">What stands on the command line.</param>
    /// <returns>The number, or null after an error was added.</returns>
    public static double? Positive(ArgumentResult result) =>
        TryParsePositive(Text(result), out var value) ? value : Refuse<double?>(result, "a number above 0");

    /// <summary>A length of time.</summary>
    /// <param name="result">What stands on the command line.</param>
    /// <returns>The length, zero or more, or null after an error was added.</returns>
    public static TimeSpan? Duration(ArgumentResult result) =>
        DurationText.TryParse(Text(result), out var value) ? value : Refuse<TimeSpan?>(result, DurationText.Allowed);

    /// <summary>What stands on the command line for an option, good or bad; null if it isn't there or lacks its argument.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    /// <returns>The text as typed.</returns>
    public static string? Token(ParseResult parse, Option option) => parse.GetResult(option)?.Tokens is [.., var token] ? token.Value : null;

    /// <summary>An option's value where it has none of its own errors: the others are still to be checked then.</summary>
    /// <typeparam name="T">What the option holds.</typeparam>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    /// <returns>The value, or the default when the option is absent or bad.</returns>
    public static T? ValueUnlessBad<T>(ParseResult parse, Option<T> option) =>
        parse.GetResult(option) is { } result && !result.Errors.Any() ? parse.GetValue(option) : default;

    private static bool TryParsePositive(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0 && double.IsFinite(value);

    private static string Text(ArgumentResult result) => result.Tokens[^1].Value;

    private static T? Refuse<T>(ArgumentResult result, string allowed)
    {
        var name = (result.Parent as OptionResult)?.IdentifierToken?.Value ?? result.Argument.Name;
        result.AddError($"{name}: '{Text(result)}' is not {allowed}");
        return default;
    }
}
