namespace MetricsSim.Configuration;

/// <summary>One finding about a configuration file: where, which key, what is wrong and what is allowed.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">1-based line, or 0 when the finding is about the file as a whole.</param>
/// <param name="Column">1-based column, or 0.</param>
/// <param name="Key">Dotted key path, e.g. <c>users.distribution.power_users.percentage</c>; may be empty.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
internal sealed record ConfigFinding(string File, int Line, int Column, string Key, string Message)
{
    /// <summary><c>file:line:col: key: message</c>, leaving out what isn't known.</summary>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}:{Column}: " : $"{File}: ") + (Key.Length > 0 ? $"{Key}: " : "") + Message;
}

/// <summary>What reading a configuration came to: a config if there is no error, and all findings at once.</summary>
/// <param name="Config">The configuration, or null when there are errors.</param>
/// <param name="Errors">Every error, in order of file and place.</param>
/// <param name="Warnings">Known keys without meaning or effect here, each saying why.</param>
internal sealed record ConfigResult(SimulatorConfig? Config, IReadOnlyList<ConfigFinding> Errors, IReadOnlyList<ConfigFinding> Warnings);
