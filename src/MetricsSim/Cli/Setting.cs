using System.CommandLine;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>A key of the configuration that a flag or the environment may set: flags beat environment beats file.</summary>
/// <param name="Key">Dotted key of the file.</param>
/// <param name="Flag">The flag, if the command has one.</param>
/// <param name="Variable">The environment variable, if there is one.</param>
internal sealed record Setting(string Key, Option<string>? Flag, string? Variable)
{
    /// <summary>Whether the text has several values, with commas between them.</summary>
    public bool IsList { get; init; }

    /// <summary>What the user set it to outside the file; an empty variable counts as unset.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <returns>Null if it was left to the file.</returns>
    public ConfigOverride? Read(ParseResult parse, Func<string, string?> variable)
    {
        if (Flag is not null && Flags.Token(parse, Flag) is { } token) return new(Key, token, Flag.Name) { IsList = IsList };
        if (Variable is not null && variable(Variable) is { Length: > 0 } text) return new(Key, text, Variable);
        return null;
    }
}
