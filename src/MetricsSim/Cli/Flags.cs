using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Yaml;

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

    /// <summary>A length of time.</summary>
    /// <param name="result">What stands on the command line.</param>
    /// <returns>The length, zero or more, or null after an error was added.</returns>
    public static TimeSpan? Duration(ArgumentResult result) =>
        DurationText.TryParse(Text(result), out var value) ? value : Refuse<TimeSpan?>(result, DurationText.Allowed);

    /// <summary>A value by the rules of a declared key, in the words of the files.</summary>
    /// <typeparam name="T">What the option holds.</typeparam>
    /// <param name="kind">The kind of the key's values.</param>
    /// <returns>A parser for <see cref="System.CommandLine.Option{T}.CustomParser"/>.</returns>
    public static Func<ArgumentResult, T?> Declared<T>(ValueKind kind) => result =>
    {
        var value = Read(kind, Text(result), out var problem);
        if (problem is not null) result.AddError($"{Name(result)}: {problem}");
        return (T?)value;
    };

    /// <summary>Reads a value by the rules of a declared key.</summary>
    /// <param name="kind">The kind of the key's values.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>The value, or null when there is a problem.</returns>
    public static object? Read(ValueKind kind, string text, out string? problem)
    {
        var report = new Report("");
        var value = kind.Read(new SourceScalar(default, text, Plain: true), "value", report);
        problem = report.Errors.Select(error => error.Message).FirstOrDefault();
        return value;
    }

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

    /// <summary>Whether a path ends in a name with an extension, after which other files can be named.</summary>
    /// <param name="path">The path as typed.</param>
    /// <param name="extension">The extension with its dot.</param>
    public static bool NamesFile(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(path).Length > extension.Length;

    private static string Text(ArgumentResult result) => result.Tokens[^1].Value;

    private static T? Refuse<T>(ArgumentResult result, string allowed)
    {
        result.AddError($"{Name(result)}: '{Text(result)}' is not {allowed}");
        return default;
    }

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.IdentifierToken?.Value ?? result.Argument.Name;
}
