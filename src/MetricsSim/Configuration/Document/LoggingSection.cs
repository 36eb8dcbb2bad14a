using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>logging</c>.</summary>
internal sealed record LoggingSection
{
    [Key("Least level written.")]
    public LogLevelName Level { get; init; } = LogLevelName.Info;

    [Key("text, or json for one JSON object a line. A format string of the older simulator is read as text.", Min = 1, Max = 256)]
    public string Format { get; init; } = "text";

    [Key("Where to; an empty list is nowhere.")]
    public IReadOnlyList<LogHandlerSection> Handlers { get; init; } = [new ConsoleHandlerSection()];
}

/// <summary>Levels, as the file has them.</summary>
internal enum LogLevelName
{
    /// <summary>Trace.</summary>
    Trace,

    /// <summary>Debug.</summary>
    Debug,

    /// <summary>Information.</summary>
    Info,

    /// <summary>Warning.</summary>
    Warning,

    /// <summary>Error.</summary>
    Error,

    /// <summary>Critical.</summary>
    Critical,

    /// <summary>Nothing at all.</summary>
    None,
}

/// <summary><c>logging.handlers[]</c>.</summary>
[DecidedBy("type")]
internal abstract record LogHandlerSection
{
    [Key("Least level for this handler.", WhenAbsent = "logging.level")]
    public LogLevelName? Level { get; init; }
}

/// <summary>Standard error.</summary>
[Variant("console")]
internal sealed record ConsoleHandlerSection : LogHandlerSection;

/// <summary>A file that rolls over by size.</summary>
[Variant("file")]
internal sealed record FileHandlerSection : LogHandlerSection
{
    [Key("Path of the newest file; older ones get .1, .2 ….", Min = 1, Max = 4096, WhenAbsent = "filename; one of the two must be given")]
    public string? Path { get; init; }

    [Key("The older simulator's name of path.", Min = 1, Max = 4096, WhenAbsent = "path")]
    public string? Filename { get; init; }

    [Key("Size in bytes at which it rolls.", Min = 1024, Max = 1_099_511_627_776)]
    public long MaxBytes { get; init; } = 10 * 1024 * 1024;

    [Key("Older files kept.", Min = 0, Max = 1000)]
    public int BackupCount { get; init; } = 5;
}
