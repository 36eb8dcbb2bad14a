namespace MetricsSim.Core.Workload;

/// <summary>A tool of the simulated client: how often it is called, how it fails and how long it takes.</summary>
/// <param name="Name">Label value of <c>tool_name</c>.</param>
/// <param name="Share">Share of calls, 0–1.</param>
/// <param name="ErrorShare">Chance that a call fails.</param>
/// <param name="Errors">Kinds of failure, each as likely.</param>
/// <param name="MedianSeconds">Median of the log-normal time a call takes.</param>
/// <param name="Edits">Whether it edits files: each call then needs a decision.</param>
/// <param name="MedianAdded">Median lines added by an accepted edit.</param>
/// <param name="MedianRemoved">Median lines removed by an accepted edit; 0 for none.</param>
public sealed record Tool(
    string Name, double Share, double ErrorShare, IReadOnlyList<ErrorKind> Errors, double MedianSeconds,
    bool Edits = false, double MedianAdded = 0, double MedianRemoved = 0);

/// <summary>The tools of the simulated client.</summary>
public static class Tools
{
    /// <summary>All tools; shares sum to 1.</summary>
    public static IReadOnlyList<Tool> All { get; } =
    [
        new("Bash", 0.28, 0.06, [ErrorKind.Timeout, ErrorKind.Validation], 2.0),
        new("Read", 0.28, 0.01, [ErrorKind.Validation], 0.05),
        new("Edit", 0.16, 0.03, [ErrorKind.Validation], 0.1, Edits: true, MedianAdded: 8, MedianRemoved: 4),
        new("Grep", 0.12, 0.01, [ErrorKind.Validation], 0.2),
        new("Write", 0.05, 0.02, [ErrorKind.Validation], 0.1, Edits: true, MedianAdded: 60),
        new("TodoWrite", 0.07, 0.005, [ErrorKind.Validation], 0.02),
        new("WebFetch", 0.03, 0.08, [ErrorKind.Network, ErrorKind.Timeout], 3.0),
        new("NotebookEdit", 0.01, 0.03, [ErrorKind.Validation], 0.1, Edits: true, MedianAdded: 10, MedianRemoved: 3),
    ];

    /// <summary>Index of the tool that runs commits.</summary>
    public const int Bash = 0;

    /// <summary>Indices of the tools that edit.</summary>
    public static IReadOnlyList<int> Editors { get; } = [.. Enumerable.Range(0, All.Count).Where(i => All[i].Edits)];
}
