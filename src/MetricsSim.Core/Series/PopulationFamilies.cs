using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Series;

/// <summary>The families of the population, design §4, in page order, and how their leaves are numbered.</summary>
public sealed class PopulationFamilies
{
    /// <summary>The first value of <c>query_source</c>.</summary>
    internal const string FirstQuerySource = "main";

    private const long Micro = 1_000_000;
    private const long Nano = 1_000_000_000;
    private static readonly string[] StartTypes = ["fresh", "resume", "continue"];
    private static readonly string[] TokenTypes = ["input", "output", "cacheRead", "cacheCreation"];

    private readonly List<MetricFamily> _all = [];
    private readonly WorldOptions _options;

    /// <summary>Forms the families.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="users">Row axis of user series.</param>
    /// <param name="usersByLanguage">Row axis of user series that carry the user's language.</param>
    public PopulationFamilies(WorldOptions options, UserRows users, UserRows usersByLanguage)
    {
        _options = options;
        Users = users;
        UsersByLanguage = usersByLanguage;
        var labels = options.Telemetry.Labels;
        LabelRows rows = labels.SessionId ? new LiveRows() : users;
        LabelRows rowsByLanguage = labels.SessionId ? new LiveRows() : usersByLanguage;
        var models = options.Models.Select(model => model.Id).ToArray();
        StartTypeCount = labels.StartType ? StartTypes.Length : 1;
        QuerySourceCount = labels.QuerySource ? QuerySources.Count : 1;
        EffortCount = labels.Effort ? Efforts.Count : 1;
        var usage = Leaves([Axis("model", models), .. UsageAxes(labels)]);

        Sessions = Add("claude_code.session.count", null, "Sessions started.", rows, labels.StartType ? Leaves([Axis("start_type", StartTypes)]) : [[]]);
        Tokens = Add("claude_code.token.usage", "tokens", "Tokens used.", rows, Leaves([Axis("model", models), Axis("type", TokenTypes), .. UsageAxes(labels)]));
        Cost = Add("claude_code.cost.usage", "USD", "Cost of the API requests in USD.", rows, usage, Nano);
        ToolUsage = Add("claude_code.tool.usage", null, "Tool calls by outcome.", rows, Leaves([Axis("tool_name", Tools.All.Select(tool => tool.Name)), Axis("status", ["success", "error"])]));
        Errors = Add("claude_code.error", null, "API requests given up, and tool calls that failed (those name the tool).", rows, ErrorLeaves());
        Commits = Add("claude_code.commit.count", null, "Git commits made.", rows, [[]]);
        PullRequests = Add("claude_code.pull_request.count", null, "Pull requests opened.", rows, [[]]);
        Lines = Add("claude_code.lines_of_code.count", null, "Lines of code added and removed.", rows, Leaves([Axis("type", ["added", "removed"])]));
        Decisions = Add("claude_code.code_edit_tool.decision", null, "Decisions on proposed edits.", rowsByLanguage, Leaves([Axis("tool_name", Tools.Editors.Select(i => Tools.All[i].Name)), Axis("decision", ["accept", "reject"])]));
        ActiveTime = Add("claude_code.active_time", "seconds", "Active time of the user and of the client.", rows, Leaves([Axis("type", ["user", "cli"])]), Micro);
        SessionDuration = Add("claude_code.session.duration", "seconds", "Length of ended sessions.", rows, Leaves([Axis("status", ["completed", "failed"])]), Micro, Buckets.SessionDuration);
        ActiveSessions = AddFamily(new MetricFamily
        {
            Name = NameOf(options.Telemetry, "claude_code.active_sessions", null),
            Help = "Sessions in progress.",
            Type = MetricType.Gauge,
            Rows = labels.UserType ? new FixedLabelRows([.. UserTypes.Select(type => (IReadOnlyList<Label>)[new("user_type", type)])]) : LabelRows.Single,
        });

        ApiRequests = AddFamily(new MetricFamily
        {
            Name = NameOf(options.Telemetry, "claude_code.api_request.count", null),
            Help = "API requests, a series each: there is one only in a cardinality explosion.",
            Type = MetricType.Counter,
            Rows = new LiveRows(),
            HideUntouched = !options.Telemetry.Preregister,
        });

        var operation = models.SelectMany(model => RequestOutcomes.Select(kind => (IReadOnlyList<Label>)
            [new(Name("gen_ai.request.model"), model), new(Name("gen_ai.provider.name"), "anthropic"), new(Name("gen_ai.operation.name"), "chat"), new(Name("error.type"), kind.Label())]));
        OperationDuration = AddWorld(Name("gen_ai.client.operation.duration") + "_seconds", "seconds", "Duration of API operations, all attempts of a request together.", [.. operation], Buckets.OperationDuration, Micro);
        TokenUsage = AddWorld(Name("gen_ai.client.token.usage"), null, "Input and output tokens by API operation.", Leaves([Axis(Name("gen_ai.request.model"), models), Axis(Name("gen_ai.token.type"), ["input", "output"])]), Buckets.TokenUsage, 1);
        BySession = labels.SessionId ? [.. Enumerable.Range(0, _all.Count).Where(family => family <= SessionDuration)] : [];
        // The only one about the world, and so the last: all shards but the first leave it out.
        RequestDuration = AddWorld("metricssim_request_duration_seconds", "seconds", "Duration of API requests, queueing included, backoff not.", Leaves([Axis("error_type", RequestOutcomes.Select(kind => kind.Label()))]), Buckets.RequestDuration, Micro);
        // Series that go with their session have none.
        if (HasExemplars)
        {
            foreach (var family in new[] { Tokens, Cost, Errors, OperationDuration, RequestDuration }.Where(family => SessionCells(family) == 0)) _all[family] = _all[family] with { HasExemplars = true };
        }

        Versioned = VersionedLeaves.Of(this, options.Telemetry);
    }

    /// <summary>Row axis of user series.</summary>
    public UserRows Users { get; }

    /// <summary>Row axis of user series that carry the user's language.</summary>
    public UserRows UsersByLanguage { get; }

    /// <summary>Values of <c>query_source</c>.</summary>
    public static IReadOnlyList<string> QuerySources { get; } = [FirstQuerySource, "subagent", "auxiliary"];

    /// <summary>Values of <c>effort</c>.</summary>
    public static IReadOnlyList<string> Efforts { get; } = ["low", "medium", "high"];

    /// <summary>Outcomes of a request, in the order of the leaves.</summary>
    public static IReadOnlyList<ErrorKind> RequestOutcomes { get; } = [ErrorKind.None, .. ErrorKinds.OfRequests];

    /// <summary>The families in page order.</summary>
    public IReadOnlyList<MetricFamily> All => _all;

    /// <summary>The families as they are published, in page order.</summary>
    internal IEnumerable<MetricFamily> Published => _all.Select((family, i) => Versioned[i] is { } leaves ? leaves.Publish(family) : family);

    /// <summary>The leaves of families that versions of the client tell differently; null for all others.</summary>
    internal IReadOnlyList<VersionedLeaves?> Versioned { get; }

    /// <summary>The families whose rows are sessions: those of users while <c>session_id</c> is a label, else none.</summary>
    internal IReadOnlyList<int> BySession { get; }

    /// <summary>Cells of one session in a family; 0 in those that are not by session.</summary>
    internal int SessionCells(int family) => family < BySession.Count ? _all[family].Leaves.Count * _all[family].Stride : 0;

    /// <summary>How many of the families a shard publishes, the first ones.</summary>
    internal int PublishedBy(Shard shard) => shard.IsFirst ? _all.Count : RequestDuration;

    /// <summary>The row of <see cref="ActiveSessions"/> that a segment's sessions count in.</summary>
    /// <param name="segment">Index of the segment.</param>
    /// <returns>The row.</returns>
    internal int ActiveSessionsRow(int segment) =>
        _options.Telemetry.Labels.UserType ? UserTypes.ToList().IndexOf(_options.Population.Segments[segment].UserType) : 0;

    /// <summary>Distinct user types in the order of the segments.</summary>
    public IReadOnlyList<string> UserTypes => [.. _options.Population.Segments.Select(segment => segment.UserType).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether requests leave exemplars.</summary>
    internal bool HasExemplars => _options.Telemetry.Exemplars;

    /// <summary>Whether histograms count exponential buckets too.</summary>
    internal bool HasNative => _options.Telemetry.Histograms != HistogramKinds.Classic;

    internal int StartTypeCount { get; }

    internal int QuerySourceCount { get; }

    internal int EffortCount { get; }

    internal int Sessions { get; }

    internal int Tokens { get; }

    internal int Cost { get; }

    internal int ToolUsage { get; }

    internal int Errors { get; }

    internal int Commits { get; }

    internal int PullRequests { get; }

    internal int Lines { get; }

    internal int Decisions { get; }

    internal int ActiveTime { get; }

    internal int SessionDuration { get; }

    internal int ActiveSessions { get; }

    internal int ApiRequests { get; }

    internal int OperationDuration { get; }

    internal int TokenUsage { get; }

    internal int RequestDuration { get; }

    /// <summary>Errors of requests come first, then each tool's kinds of failure in the order of <see cref="Tools.All"/>.</summary>
    internal static int ToolErrorLeaf(int tool, int kind) => ErrorKinds.OfRequests.Count + Tools.All.Take(tool).Sum(before => before.Errors.Count) + kind;

    private static List<IReadOnlyList<Label>> ErrorLeaves() =>
    [
        .. ErrorKinds.OfRequests.Select(kind => (IReadOnlyList<Label>)[new("error_type", kind.Label()), new("tool_name", "")]),
        .. Tools.All.SelectMany(tool => tool.Errors.Select(kind => (IReadOnlyList<Label>)[new("error_type", kind.Label()), new("tool_name", tool.Name)])),
    ];

    private static IEnumerable<Label[]> UsageAxes(LabelOptions labels)
    {
        if (labels.QuerySource) yield return Axis("query_source", QuerySources);
        if (labels.Effort) yield return Axis("effort", Efforts);
    }

    private static Label[] Axis(string name, IEnumerable<string> values) => [.. values.Select(value => new Label(name, value))];

    /// <summary>The product of axes, the last one running fastest.</summary>
    private static List<IReadOnlyList<Label>> Leaves(IEnumerable<Label[]> axes) =>
        axes.Aggregate(
            new List<IReadOnlyList<Label>> { Array.Empty<Label>() },
            (sets, axis) => [.. sets.SelectMany(set => axis.Select(label => (IReadOnlyList<Label>)[.. set, label]))]);

    /// <summary>The published name of a family of the population.</summary>
    /// <param name="telemetry">How names are formed.</param>
    /// <param name="name">Name without prefix and unit, as OpenTelemetry has it, or with underscores for its dots.</param>
    /// <param name="unit">Its unit, or null.</param>
    /// <returns>The name, without the suffixes of series.</returns>
    public static string NameOf(TelemetryOptions telemetry, string name, string? unit)
    {
        var prefix = telemetry.Namespace.Length > 0 ? telemetry.Namespace + "_" : "";
        return prefix + telemetry.Style.NameOf(name) + (unit is not null && telemetry.Style != NameStyle.Direct ? "_" + unit : "");
    }

    private string Name(string name) => _options.Telemetry.Style.NameOf(name);

    private int Add(string name, string? unit, string help, LabelRows rows, IReadOnlyList<IReadOnlyList<Label>> leaves, long divisor = 1, Buckets? buckets = null) =>
        AddFamily(new MetricFamily
        {
            Name = NameOf(_options.Telemetry, name, unit),
            Help = help,
            Type = buckets is null ? MetricType.Counter : MetricType.Histogram,
            Unit = _options.Telemetry.Style != NameStyle.Direct ? unit : null,
            Rows = rows,
            Leaves = leaves,
            Bounds = buckets?.Bounds ?? [],
            Native = NativeOf(buckets),
            NativeOnly = _options.Telemetry.Histograms == HistogramKinds.Native,
            Divisor = divisor,
            HideUntouched = !_options.Telemetry.Preregister || _options.Telemetry.Quirks.NonzeroStart,
        });

    private int AddWorld(string name, string? unit, string help, IReadOnlyList<IReadOnlyList<Label>> leaves, Buckets buckets, long divisor) =>
        AddFamily(new MetricFamily
        {
            Name = name,
            Help = help,
            Type = MetricType.Histogram,
            Unit = unit,
            Leaves = leaves,
            Bounds = buckets.Bounds,
            Native = NativeOf(buckets),
            NativeOnly = _options.Telemetry.Histograms == HistogramKinds.Native,
            Divisor = divisor,
            HideUntouched = !_options.Telemetry.Preregister,
        });

    private NativeBuckets? NativeOf(Buckets? buckets) => HasNative ? buckets?.Native : null;

    private int AddFamily(MetricFamily family)
    {
        _all.Add(family);
        return _all.Count - 1;
    }
}
